using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Sluice.Api.Auth;
using Sluice.Api.DataPlane;
using Sluice.Api.Settings;

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
                .AddSchemaTransformer(WireShapes.DescribeAsync)
                .AddOperationTransformer(Operations.DescribeAsync)
                .AddDocumentTransformer(DescribeAsync)
                .AddDocumentTransformer(FieldShapes.DescribeAsync)
                .AddDocumentTransformer(Examples.AddAsync);
        }).AddSingleton<DocumentFile>();

    public static void MapApiDocument(this WebApplication app)
    {
        // Mapped at one address instead of a pattern: there is one document, and any other address is answered as
        // usual.
        app.MapGet(Path, static (DocumentFile file, CancellationToken ct) => file.GetAsync(ct))
            .AllowAnonymous().ExcludeFromDescription();
        app.UseSwaggerUI(static page =>
        {
            page.RoutePrefix = "docs";
            page.DocumentTitle = "Sluice API";
            page.SwaggerEndpoint(Path, "Sluice v1");
            page.EnableDeepLinking();
        });
    }

    private static async Task DescribeAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken ct)
    {
        document.Info = new()
        {
            Title = "Sluice",
            Version = "v1",
            Description = "Metering and quotas for API platforms. Errors are application/problem+json (RFC 9457).",
        };
        // Relative, so that it is right behind any name, unless the operator has said which one callers use.
        var publicUrl = context.ApplicationServices.GetRequiredService<IOptions<SluiceOptions>>().Value.PublicUrl;
        document.Servers = [new() { Url = publicUrl.Length > 0 ? publicUrl.TrimEnd('/') : "/" }];
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
        await DescribeProblemsAsync(document, context, ct);
    }

    /// <summary>Gives problems the fields that ours have; the framework knows those of the standard alone.</summary>
    private static async Task DescribeProblemsAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken ct)
    {
        var json = context.ApplicationServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var problem = await context.GetOrCreateSchemaAsync(typeof(Schemas.Problem), null, ct);
        FieldShapes.DescribeRequest(problem, json.GetTypeInfo(typeof(Schemas.Problem)));
        problem.Properties!["limit"] = new OpenApiSchemaReference(nameof(Schemas.Limit), document)
        {
            Description = problem.Properties["limit"].Description,
        };
        document.Components!.Schemas!["ProblemDetails"] = problem;
    }
}
