using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Sluice.Api.Auth;
using Sluice.Api.Management.DefaultQuotas;

namespace Sluice.Api.Documents;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c> and its page at <c>/docs</c>.</summary>
internal static class ApiDocument
{
    private const string Path = "/openapi/v1.json";

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi(
        static options =>
        {
            options.CreateSchemaReferenceId = SchemaNames.Of;
            options
                .AddDocumentTransformer(DescribeAsync)
                .AddDocumentTransformer(Examples.AddAsync)
                .AddOperationTransformer(Operations.DescribeAsync)
                .AddSchemaTransformer(DescribeSchemaAsync);
        });

    public static void MapApiDocument(this WebApplication app)
    {
        // Mapped at one address instead of a pattern: there is one document, and any other address is answered as
        // usual.
        app.MapOpenApi(Path).AllowAnonymous();
        app.UseSwaggerUI(static page =>
        {
            page.RoutePrefix = "docs";
            page.DocumentTitle = "Sluice API";
            page.SwaggerEndpoint(Path, "Sluice v1");
        });
    }

    private static Task DescribeAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken ct)
    {
        document.Info = new()
        {
            Title = "Sluice",
            Version = "v1",
            Description = "Metering and quotas for API platforms. Errors are application/problem+json (RFC 9457).",
        };
        document.Components ??= new();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Principals.Scheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "An access token.",
        };
        document.Components.SecuritySchemes[Operations.KeyScheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "The secret of an API key. A gateway that reports for many keys sends its own token.",
        };
        return Task.CompletedTask;
    }

    /// <summary>
    /// Describes types with a JSON form of their own, whose shape can't be derived from their members.
    /// </summary>
    private static Task DescribeSchemaAsync(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken ct)
    {
        var type = context.JsonTypeInfo.Type;
        if (type == typeof(JsonDecimal))
            schema.Type = JsonSchemaType.Number;
        else if (type == typeof(JsonDecimal?) || type == typeof(Optional<JsonDecimal?>))
            schema.Type = JsonSchemaType.Number | JsonSchemaType.Null;
        else if (type == typeof(DateTimeOffset))
            (schema.Type, schema.Format) = (JsonSchemaType.String, "date-time");
        else if (type == typeof(DateTimeOffset?) || type == typeof(Optional<DateTimeOffset?>))
            (schema.Type, schema.Format) = (JsonSchemaType.String | JsonSchemaType.Null, "date-time");
        else if (type == typeof(DefaultQuotaAmounts))
            schema.Examples = [JsonNode.Parse("""{"JPY": 100000, "EUR": 500}""")!];
        else if (type == typeof(NumberList))
            schema.Description = "A number or a list of numbers.";
        return Task.CompletedTask;
    }
}
