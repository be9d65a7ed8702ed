using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Sluice.Api.Tests.Management;

public sealed class DocumentTests(NodeHost host) : IClassFixture<NodeHost>
{
    [Fact]
    public async Task TheDocument_HasEveryAddress_EachWithASummaryAndItsAnswers()
    {
        var document = (await host.Anonymous().GetAsync("/openapi/v1.json")).Is(HttpStatusCode.OK);

        var operations = document["paths"].EnumerateObject()
            .SelectMany(static path => path.Value.EnumerateObject(), static (path, operation) => (path, operation))
            .ToDictionary(
                static entry => $"{entry.operation.Name.ToUpperInvariant()} {entry.path.Name}",
                static entry => entry.operation.Value);
        var routes = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(static route => route.RoutePattern.RawText!.StartsWith("/api/v1", StringComparison.Ordinal));
        foreach (var route in routes)
        {
            foreach (var method in route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods)
            {
                var operation = Assert.Contains($"{method} {route.RoutePattern.RawText}", operations);
                Assert.False(string.IsNullOrWhiteSpace(operation.GetProperty("summary").GetString()));
                Assert.Contains(
                    operation.GetProperty("responses").EnumerateObject(),
                    static response => response.Name.StartsWith('2'));
                var takesKey = operation.TryGetProperty("parameters", out var parameters) && parameters.EnumerateArray()
                    .Any(static parameter => parameter.GetProperty("name").GetString() == "Idempotency-Key");
                Assert.Equal(method != "GET", takesKey);
            }
        }
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
    }

    [Fact]
    public async Task Health_NeedsNoToken()
    {
        Assert.Equal("""{"status":"live"}""", (await host.Anonymous().GetAsync("/health/live")).Text);
        Assert.Equal(
            """{"status":"ready","parts":{"store":"ready","metering":"ready"}}""",
            (await host.Anonymous().GetAsync("/health/ready")).Is(HttpStatusCode.OK).Text);
    }
}
