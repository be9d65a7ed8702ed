using FastEndpoints;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Sluice.Api.Auth;
using Sluice.Api.DataPlane;
using Sluice.Engine.Events;
using Sluice.Storage.Ledger.Ids;

namespace Sluice.Api.Documents;

/// <summary>Adds to the document what the signature of an operation's handler does not show.</summary>
internal static class Operations
{
    /// <summary>The security scheme of the data plane; the management API uses access tokens.</summary>
    public const string KeyScheme = "ApiKey";

    private const string Csv = "text/csv";

    public static async Task DescribeAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.RequestBody?.Content?.Remove(DataPlaneRoutes.AnyType);
        Parameters.AddPath(operation, context.Description.RelativePath ?? "");
        if (metadata.OfType<EndpointDefinition>().FirstOrDefault() is { } endpoint)
            await Parameters.AddQueryAsync(operation, endpoint, context, ct);
        if (metadata.OfType<KeyOfGatewayMetadata>().Any())
            Parameters.AddKeyId(operation);
        if (metadata.OfType<ActionMetadata>().Any())
            AddIdempotencyKey(operation, isEventId: metadata.OfType<KeyMetadata>().Any());
        if (metadata.OfType<EntityTagMetadata>().Any())
            AddEntityTag(operation);
        if (metadata.OfType<IfMatchMetadata>().Any())
        {
            AddCondition(
                operation,
                Precondition.Header,
                "The ETag of what is to be changed, or * for whatever is there: if it is another one now, nothing is "
                + "changed and the answer is 412. No condition if omitted.");
        }

        ShowCsvAsText(operation);
        AddSecurity(operation, context);
        AddHeaders(operation, metadata.OfType<RateLimitMetadata>().Any());
    }

    private static void AddIdempotencyKey(OpenApiOperation operation, bool isEventId)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = IdempotentRequest.Header,
            In = ParameterLocation.Header,
            Description = isEventId
                ? "The event's id, where the body has none: the same event is counted once. In a batch it names the "
                    + "items without an id, <key>-<index>."
                : "The same request with the same key is done once and answered the same.",
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                MaxLength = isEventId ? EventIds.MaxLength : IdempotentRequest.MaxKeyLength,
            },
        });
    }

    private static void AddEntityTag(OpenApiOperation operation)
    {
        AddCondition(
            operation, HeaderNames.IfNoneMatch, "The ETag that the caller has: the answer is 304 if it is still so.");
        foreach (var (status, answer) in operation.Responses ?? [])
        {
            if (status is "200" or "304" && answer is OpenApiResponse response)
            {
                AddHeader(response, HeaderNames.ETag, JsonSchemaType.String,
                    "A tag of the answer, for If-None-Match, and for If-Match with a change.");
            }
        }
    }

    private static void AddCondition(OpenApiOperation operation, string header, string description)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = header,
            In = ParameterLocation.Header,
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });
    }

    /// <summary>
    /// Adds the security scheme. The data plane checks keys itself, so for the server it is as anonymous as signing in.
    /// </summary>
    private static void AddSecurity(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var scheme = metadata.OfType<KeyMetadata>().Any() ? KeyScheme
            : metadata.OfType<IAllowAnonymous>().Any() ? null
            : Principals.Scheme;
        operation.Security = scheme is null
            ? []
            : [new() { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] }];
    }

    private static void AddHeaders(OpenApiOperation operation, bool hasRateLimit)
    {
        foreach (var (status, answer) in operation.Responses ?? [])
        {
            if (answer is not OpenApiResponse response)
                continue;
            var isRefusal = status == "429";
            if (isRefusal || status == "503")
            {
                AddHeader(response, "Retry-After", JsonSchemaType.Integer,
                    "Seconds until it makes sense to try again; missing where no time helps.");
            }

            if (!hasRateLimit || !(isRefusal || status.StartsWith('2')))
                continue;
            AddHeader(response, "RateLimit-Policy", JsonSchemaType.String,
                "The tightest limit and its quota in whole units: \"project-requests\";q=1000.");
            AddHeader(response, "RateLimit", JsonSchemaType.String,
                "What remains of it, and the seconds until it resets: \"project-requests\";r=12;t=3600.");
        }
    }

    private static void AddHeader(OpenApiResponse response, string name, JsonSchemaType type, string description)
    {
        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
        response.Headers[name] = new OpenApiHeader
        {
            Description = description,
            Schema = new OpenApiSchema { Type = type },
        };
    }

    /// <summary>Documents CSV responses as text; otherwise they would get the schema of the JSON response.</summary>
    private static void ShowCsvAsText(OpenApiOperation operation)
    {
        foreach (var response in operation.Responses?.Values ?? Enumerable.Empty<IOpenApiResponse>())
        {
            var shown = response.Content?.Keys
                .FirstOrDefault(static type => type.StartsWith(Csv, StringComparison.OrdinalIgnoreCase));
            if (shown is null)
                continue;
            response.Content!.Remove(shown);
            response.Content[Csv] = new OpenApiMediaType
            {
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            };
        }
    }
}
