using System.Collections.Frozen;
using System.Text.Json;
using FastEndpoints;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Sluice.Api.Documents;

/// <summary>The parameters of the path and the query.</summary>
internal static class Parameters
{
    private static readonly FrozenDictionary<string, (string Sentence, string Example)> PathWords =
        new Dictionary<string, (string, string)>
        {
            ["t"] = ("The tenant's id.", "t0000000001a"),
            ["p"] = ("The project's id.", "p0000000001a"),
            ["m"] = ("The member's id.", "m0000000001a"),
            ["k"] = ("The API key's id.", "k0000000001a"),
            ["metric"] = ("A metric's name, amount and credits included.", "text_tokens"),
            ["period"] = ("A month of the tenant's time zone.", "2026-11"),
        }.ToFrozenDictionary();

    public static void AddPath(OpenApiOperation operation, string path)
    {
        var previous = "";
        foreach (var part in path.Split('/', '?'))
        {
            if (part.StartsWith('{'))
                AddPath(operation, part[1..part.AsSpan().IndexOfAny(":}")], previous);
            previous = part;
        }
    }

    /// <summary>Adds the query parameters of a GET: the properties of its request.</summary>
    public static async Task AddQueryAsync(
        OpenApiOperation operation,
        EndpointDefinition endpoint,
        OpenApiOperationTransformerContext context,
        CancellationToken ct)
    {
        if (!endpoint.Verbs.Contains(HttpMethods.Get) || endpoint.ReqDtoType == typeof(EmptyRequest))
            return;
        var json = context.ApplicationServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var query = await context.GetOrCreateSchemaAsync(endpoint.ReqDtoType, null, ct);
        FieldShapes.DescribeRequest(query, json.GetTypeInfo(endpoint.ReqDtoType));
        foreach (var (name, schema) in query.Properties ?? new Dictionary<string, IOpenApiSchema>())
        {
            var description = schema.Description;
            if (schema is OpenApiSchema own)
                own.Description = null;
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Query,
                Required = query.Required?.Contains(name) == true,
                Description = description,
                Schema = schema,
            });
        }
    }

    /// <summary>Adds the key that a gateway names, where no body can name it.</summary>
    public static void AddKeyId(OpenApiOperation operation)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = "keyId",
            In = ParameterLocation.Query,
            Description = "The id of the reservation's key; needed with the gateway's token, not allowed without it.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });
    }

    /// <summary>Describes a path parameter, which the handler's signature may lack: some read it elsewhere.</summary>
    private static void AddPath(OpenApiOperation operation, string name, string collection)
    {
        operation.Parameters ??= [];
        var parameter = operation.Parameters.OfType<OpenApiParameter>()
            .FirstOrDefault(p => p.In == ParameterLocation.Path && p.Name == name);
        if (parameter is null)
        {
            parameter = new() { Name = name, In = ParameterLocation.Path };
            operation.Parameters.Add(parameter);
        }

        var (sentence, example) = PathWords.GetValueOrDefault(name, (SentenceOf(collection), null!));
        parameter.Required = true;
        parameter.Description = sentence;
        parameter.Example = example;
        parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.String };
    }

    /// <summary>Returns the sentence of an id, after the collection in front of it: <c>price-books/{b}</c>.</summary>
    private static string SentenceOf(string collection) =>
        $"The id of the {collection.TrimEnd('s').Replace('-', ' ')}.";
}
