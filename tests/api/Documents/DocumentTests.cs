using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Xunit;

namespace Sluice.Api.Tests.Documents;

[Collection<SettingsNode>]
public sealed class DocumentTests(NodeHost host)
{
    [Fact]
    public async Task TheDocument_HasEveryAddress_EachWithASummaryAndItsAnswers()
    {
        var operations = await OperationsAsync();
        var routes = Routes();
        Assert.True(routes.Count >= 40, $"only {routes.Count} addresses");
        Assert.Equal(10, routes.Count(static route => route.Path.StartsWith("/v1/", StringComparison.Ordinal)));

        foreach (var (method, path) in routes)
        {
            var operation = Assert.Contains($"{method} {path}", operations);
            Assert.False(string.IsNullOrWhiteSpace(operation.GetProperty("summary").GetString()));
            Assert.Contains(
                operation.GetProperty("responses").EnumerateObject(),
                static response => response.Name.StartsWith('2'));
            var takesKey = operation.TryGetProperty("parameters", out var parameters) && parameters.EnumerateArray()
                .Any(static parameter => parameter.GetProperty("name").GetString() == "Idempotency-Key");
            var isAction = (method != "GET" && path.StartsWith("/api/v1", StringComparison.Ordinal))
                || path is "/v1/usage" or "/v1/usage/batch" or "/v1/reservations" or "/v1/events";

            // Repeating a sign-in is another sign-in.
            Assert.Equal(isAction && (method, path) != ("POST", "/api/v1/session"), takesKey);
        }
    }

    [Fact]
    public async Task TheDocument_IsOpenApi3_WhoseReferencesLeadSomewhere_AndWhoseNamesAreUnique()
    {
        var text = (await host.Anonymous().GetAsync("/openapi/v1.json")).Is(HttpStatusCode.OK).Text;
        await using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));

        var (document, diagnostic) = await OpenApiDocument.LoadAsync(stream, "json");

        Assert.Empty(diagnostic!.Errors);
        Assert.StartsWith("3.", JsonDocument.Parse(text).RootElement.GetProperty("openapi").GetString());
        var schemas = document!.Components!.Schemas!.Keys.ToHashSet();
        foreach (var reference in text.Split("\"#/components/schemas/").Skip(1))
            Assert.Contains(reference.Split('"')[0], schemas);
        var names = (await OperationsAsync()).Values
            .Select(static o => o.GetProperty("operationId").GetString()).ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Fact]
    public async Task EveryBody_HasAnExample_AndEveryAddressSaysHowItFails()
    {
        foreach (var (name, operation) in await OperationsAsync())
        {
            if (operation.TryGetProperty("requestBody", out var body))
                HasExample(name, body);
            foreach (var response in operation.GetProperty("responses").EnumerateObject())
            {
                if (response.Name.StartsWith('2'))
                    HasExample(name, response.Value);
            }

            if (name.Contains("/v1/", StringComparison.Ordinal))
            {
                Assert.Contains(
                    operation.GetProperty("responses").EnumerateObject(),
                    static response => response.Name.StartsWith('4'));
            }
        }

        static void HasExample(string name, JsonElement part)
        {
            if (part.TryGetProperty("content", out var content)
                && content.TryGetProperty("application/json", out var json))
                Assert.True(json.TryGetProperty("example", out _), name);
        }
    }

    [Theory]
    [InlineData("POST /v1/usage", "application/json")]
    [InlineData("POST /v1/usage/batch", "application/json", "application/x-ndjson")]
    [InlineData("POST /v1/events", "application/cloudevents+json", "application/cloudevents-batch+json")]
    public async Task TheDocument_HasTheTypesThatABodyMayHave(string operation, params string[] types)
    {
        var content = (await OperationsAsync())[operation].GetProperty("requestBody").GetProperty("content");

        Assert.Equal(types, content.EnumerateObject().Select(static type => type.Name));
        Assert.All(content.EnumerateObject(), static type => Assert.True(type.Value.TryGetProperty("schema", out _)));
    }

    [Fact]
    public async Task Amounts_AreNumbersInTheDocument()
    {
        var document = await host.Anonymous().GetAsync("/openapi/v1.json");

        var quota = document["paths"].GetProperty("/api/v1/tenants/{t}/quota").GetProperty("put");
        var schema = quota.GetProperty("requestBody").GetProperty("content").GetProperty("application/json")
            .GetProperty("schema").GetProperty("$ref").GetString()!.Split('/')[^1];
        Assert.Equal("SetQuotaRequest", schema);
        var amount = document["components"].GetProperty("schemas").GetProperty(schema)
            .GetProperty("properties").GetProperty("amount").GetProperty("type");
        Assert.Equal(["null", "number"], amount.EnumerateArray().Select(static type => type.GetString()!));
    }

    [Fact]
    public async Task ThePage_ShowsTheDocument()
    {
        var page = (await host.Anonymous().GetAsync("/docs/index.html")).Is(HttpStatusCode.OK);

        Assert.Equal("text/html", page.ContentType);
        Assert.Contains("Sluice API", page.Text);
        Assert.Contains("\"deepLinking\":true", (await host.Anonymous().GetAsync("/docs/index.js")).Text);
    }

    [Fact]
    public async Task TheDocument_IsNotSentAgain_ToACallerWhoHasIt()
    {
        using var client = host.CreateClient();
        using var first = await client.GetAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
        client.DefaultRequestHeaders.IfNoneMatch.Add(first.Headers.ETag!);

        using var again = await client.GetAsync("/openapi/v1.json", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal("", await again.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task TheServer_IsTheAddressThatTheDocumentCameFrom() =>
        Assert.Equal(
            """[{"url":"/"}]""",
            Answer.Compact((await host.Anonymous().GetAsync("/openapi/v1.json"))["servers"].GetRawText()));

    [Fact]
    public async Task Health_NeedsNoToken()
    {
        Assert.Equal("""{"status":"live"}""", (await host.Anonymous().GetAsync("/health/live")).Text);
        Assert.Equal(
            """{"status":"ready","parts":{"store":"ready","cluster":"ready","metering":"ready"}}""",
            (await host.Anonymous().GetAsync("/health/ready")).Is(HttpStatusCode.OK).Text);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_IsToldByTheStatusAlone_WhereNoMoreIsAskedFor(string path)
    {
        var answer = (await host.Anonymous().SendAsync(HttpMethod.Head, path, null, null)).Is(HttpStatusCode.OK);

        Assert.Equal("", answer.Text);
        Assert.Equal("application/json", answer.ContentType);
    }

    private List<(string Method, string Path)> Routes() =>
    [
        .. host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(static route => !route.RoutePattern.RawText!.Contains("openapi", StringComparison.Ordinal)
                && route.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null)
            .SelectMany(
                static route => route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods,
                static (route, method) => (method, route.RoutePattern.RawText!)),
    ];

    /// <summary>Returns the document's operations, named such as <c>POST /v1/usage</c>.</summary>
    private async Task<Dictionary<string, JsonElement>> OperationsAsync()
    {
        var document = (await host.Anonymous().GetAsync("/openapi/v1.json")).Is(HttpStatusCode.OK);
        return document["paths"].EnumerateObject()
            .SelectMany(static path => path.Value.EnumerateObject(), static (path, operation) => (path, operation))
            .ToDictionary(
                static entry => $"{entry.operation.Name.ToUpperInvariant()} {entry.path.Name}",
                static entry => entry.operation.Value);
    }
}
