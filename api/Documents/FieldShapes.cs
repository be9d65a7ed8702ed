using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Sluice.Api.Documents;

/// <summary>
/// Says of fields what their records say: attributes have the words of a text and the range of a number; in a request,
/// a parameter without a default is required, and only an <see cref="Optional{T}"/> may be null.
/// </summary>
internal static class FieldShapes
{
    public static bool IsOptional(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>);

    public static Task DescribeAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken ct)
    {
        var json = context.ApplicationServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var (requests, responses) = (new HashSet<Type>(), new HashSet<Type>());
        foreach (var operation in context.DescriptionGroups.SelectMany(static group => group.Items))
        {
            foreach (var parameter in operation.ParameterDescriptions.Where(static p => p.Source.Id == "Body"))
                Walk(parameter.Type, json, requests);
            foreach (var response in operation.SupportedResponseTypes)
                Walk(response.Type, json, responses);
        }

        foreach (var type in requests.Union(responses).Select(json.GetTypeInfo))
        {
            if (type.Kind != JsonTypeInfoKind.Object || SchemaNames.Of(type) is not { } name
                || document.Components?.Schemas is not { } schemas
                || !schemas.TryGetValue(name, out var found) || found is not OpenApiSchema schema)
                continue;
            if (requests.Contains(type.Type))
                DescribeRequest(schema, type);
            else
                DescribeResponse(schema, type);
        }

        return Task.CompletedTask;
    }

    /// <summary>Describes the fields of a request, in its body or its query.</summary>
    public static void DescribeRequest(OpenApiSchema schema, JsonTypeInfo type)
    {
        schema.Required = new HashSet<string>();
        foreach (var (field, name) in FieldsOf(schema, type))
        {
            if (field.AssociatedParameter is { HasDefaultValue: false })
                schema.Required.Add(name);
            if (!IsOptional(field.PropertyType))
                schema.Properties![name] = WithoutNull(schema.Properties[name]);
        }

        DescribeResponse(schema, type);
    }

    private static void DescribeResponse(OpenApiSchema schema, JsonTypeInfo type)
    {
        foreach (var (field, name) in FieldsOf(schema, type))
        {
            var value = schema.Properties![name];
            var attributes = field.AssociatedParameter?.AttributeProvider ?? field.AttributeProvider;
            if (value is OpenApiSchema own && attributes is not null)
                AddBounds(own, attributes);

            // The sentence of a field that may be null is put on the type that it else is.
            var sentence = value.Description ?? value.OneOf?.Select(static choice => choice.Description)
                .FirstOrDefault(static text => text is not null);
            value.Description = sentence?.ReplaceLineEndings(" ");
        }
    }

    private static IEnumerable<(JsonPropertyInfo Field, string Name)> FieldsOf(
        OpenApiSchema schema, JsonTypeInfo type) =>
        type.Properties.Where(field => schema.Properties?.ContainsKey(field.Name) == true)
            .Select(static field => (field, field.Name)).ToList();

    private static void AddBounds(OpenApiSchema schema, ICustomAttributeProvider attributes)
    {
        foreach (var attribute in attributes.GetCustomAttributes(false))
        {
            if (attribute is AllowedValuesAttribute allowed)
            {
                var value = schema.Items as OpenApiSchema ?? schema;
                value.Enum = [.. allowed.Values.Select(static word => JsonValue.Create(word!.ToString())!)];
            }
            else if (attribute is RangeAttribute range)
            {
                // A number in a query is a text until it is read.
                schema.Type = JsonSchemaType.Integer;
                (schema.Minimum, schema.Maximum) = ($"{range.Minimum}", $"{range.Maximum}");
            }
        }
    }

    private static IOpenApiSchema WithoutNull(IOpenApiSchema schema)
    {
        if (schema.OneOf is { Count: 2 } choices)
            return choices.Single(static choice => choice.Type != JsonSchemaType.Null);
        if (schema is OpenApiSchema own)
        {
            own.Type &= ~JsonSchemaType.Null;
            if (own.Items is OpenApiSchema items)
                items.Type &= ~JsonSchemaType.Null;
        }

        return schema;
    }

    private static void Walk(Type? type, JsonSerializerOptions json, HashSet<Type> seen)
    {
        type = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        if (type is null || type == typeof(void) || !seen.Add(type))
            return;
        var info = json.GetTypeInfo(type);
        Walk(info.ElementType, json, seen);
        if (info.Kind != JsonTypeInfoKind.Object)
            return;
        foreach (var property in info.Properties)
            Walk(property.PropertyType, json, seen);
    }
}
