using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Sluice.Api.Management.DefaultQuotas;
using Sluice.Api.Management.Usage;
using Sluice.Storage.Reports.Usage;

namespace Sluice.Api.Documents;

/// <summary>Describes types whose JSON form can't be derived from their members.</summary>
internal static class WireShapes
{
    public static Task DescribeAsync(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken ct)
    {
        var type = context.JsonTypeInfo.Type;
        var isOptional = FieldShapes.IsOptional(type);
        var (value, isNullable) = isOptional
            ? (WithoutNullable(type.GetGenericArguments()[0]), true)
            : (WithoutNullable(type), Nullable.GetUnderlyingType(type) is not null);
        var isDecimal = value == typeof(JsonDecimal) || value == typeof(decimal);
        var plain = isDecimal ? JsonSchemaType.Number
            : value == typeof(DateTimeOffset) || value.IsEnum || (isOptional && value == typeof(string))
                ? JsonSchemaType.String
            : (JsonSchemaType?)null;
        if (plain is not null)
            schema.Type = isNullable ? plain | JsonSchemaType.Null : plain;
        if (value == typeof(DateTimeOffset))
            schema.Format = "date-time";
        else if (isDecimal)
            schema.Format = "decimal";

        // The comment of a type that is written in place says how it is read, which is nothing for callers.
        if (context.JsonPropertyInfo is null && context.JsonTypeInfo.Kind == JsonTypeInfoKind.None)
            schema.Description = null;
        // A single number is taken too, but typed clients have no field for both.
        if (value == typeof(NumberList))
            (schema.Type, schema.Items) = (JsonSchemaType.Array, Amount());
        else if (type == typeof(IReadOnlyList<JsonDecimal>))
            schema.Items = Amount();
        if (type == typeof(Dictionary<string, object?>))
            DescribeUsageRow(schema);
        if (type == typeof(DefaultQuotaAmounts))
        {
            schema.AdditionalProperties = new OpenApiSchema
            {
                Type = JsonSchemaType.Number | JsonSchemaType.Null,
                Format = "decimal",
            };
            schema.Examples = [JsonNode.Parse("""{"JPY": 100000, "EUR": 500}""")!];
        }

        return Task.CompletedTask;
    }

    /// <summary>Describes a row of usage, which has a field for each group that was asked for.</summary>
    private static void DescribeUsageRow(OpenApiSchema row)
    {
        row.Properties = new Dictionary<string, IOpenApiSchema>();
        foreach (var group in Enum.GetValues<UsageGroup>().Select(Words.Of))
        {
            row.Properties[group] = new OpenApiSchema
            {
                Type = JsonSchemaType.String | JsonSchemaType.Null,
                Description = $"The {group}, where rows are grouped by it; null for usage that has none.",
            };
        }

        foreach (var group in UsageTable.NamedGroups)
        {
            row.Properties[UsageTable.NameColumnOf(group)] = new OpenApiSchema
            {
                Type = JsonSchemaType.String | JsonSchemaType.Null,
                Description = $"The {Words.Of(group)}'s last name, where rows are grouped by it; null without one. "
                    + "A seat has its holder's.",
            };
        }

        row.Properties[UsageTable.Other] = new OpenApiSchema
        {
            Type = JsonSchemaType.Boolean,
            Description = "Whether it is the sum of all values beside the largest; only where `top` was given.",
        };
        row.Properties["metric"] = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Description = "The metric's name.",
        };
        row.Properties["value"] = Amount("How much of the metric was used.");
        row.Required = new HashSet<string> { "metric", "value" };
    }

    private static OpenApiSchema Amount(string? description = null) => new()
    {
        Type = JsonSchemaType.Number,
        Format = "decimal",
        Description = description,
    };

    private static Type WithoutNullable(Type type) => Nullable.GetUnderlyingType(type) ?? type;
}
