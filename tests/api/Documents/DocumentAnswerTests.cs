using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Sluice.Api.Tests.Documents;

/// <summary>Compares credentials, refusals and headers in the document with what the node does.</summary>
[Collection<SettingsNode>]
public sealed class DocumentAnswerTests(NodeHost host)
{
    private static readonly string[] Anonymous =
    [
        "POST /api/v1/session", "POST /api/v1/invitations/accept", "GET /health/live", "GET /health/ready",
    ];

    [Fact]
    public async Task EveryOperation_SaysWhichCredentialItNeeds_AndAnonymousOnesNone()
    {
        var document = await DocumentAsync();
        Assert.False(document.TryGetProperty("security", out _));
        var schemes = document.GetProperty("components").GetProperty("securitySchemes");

        foreach (var (name, operation) in OperationsOf(document))
        {
            var wanted = Anonymous.Contains(name) ? ""
                : name.Contains(" /v1/", StringComparison.Ordinal) || name is "POST /api/v1/events" ? "ApiKey"
                : "Bearer";
            var needed = operation.TryGetProperty("security", out var security)
                ? security.EnumerateArray()
                    .SelectMany(static one => one.EnumerateObject()).Select(static scheme => scheme.Name)
                : [];

            Assert.Equal($"{name}: {wanted}", $"{name}: {string.Join(' ', needed)}");
            if (wanted.Length > 0)
                Assert.Equal("bearer", schemes.GetProperty(wanted).GetProperty("scheme").GetString());
        }
    }

    [Fact]
    public async Task WhatNeedsNoCredential_IsReallyAnsweredWithoutOne()
    {
        foreach (var (name, operation) in OperationsOf(await DocumentAsync()))
        {
            var (method, path) = (name.Split(' ')[0], name.Split(' ')[1]);
            using var content = operation.TryGetProperty("requestBody", out _) ? JsonContent() : null;
            var url = path.Replace("{", "x", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
            var answer = await host.Anonymous().SendAsync(new HttpMethod(method), url, content, null);

            Assert.Equal(
                $"{name}: {!Anonymous.Contains(name)}", $"{name}: {answer.Status == HttpStatusCode.Unauthorized}");
        }

        static StringContent JsonContent() => new("{}", System.Text.Encoding.UTF8, "application/json");
    }

    [Theory]
    [InlineData("POST /api/v1/session", "200 400 401 403 404 413 415 422 429 503")]
    [InlineData("DELETE /v1/reservations/{id}", "204 401 404 409 422 503")]
    [InlineData("GET /v1/limits", "200 401 503")]
    public async Task TheDocument_HasTheStatusesThatAnAddressAnswers(string name, string statuses)
    {
        var answers = OperationsOf(await DocumentAsync())[name].GetProperty("responses").EnumerateObject();

        Assert.Equal(statuses, string.Join(' ', answers.Select(static answer => answer.Name).Order()));
    }

    [Fact]
    public async Task Every429_HasRetryAfter_AndUsageHasTheHeadersOfItsLimit()
    {
        var operations = OperationsOf(await DocumentAsync());
        var refusing = operations.Where(static found => Answer(found.Value, "429") is not null).ToList();
        Assert.True(refusing.Count >= 10, $"only {refusing.Count}");
        Assert.All(refusing, static found => Assert.Contains("Retry-After", HeadersOf(found.Value, "429")));

        foreach (var (name, success) in new[]
        {
            ("POST /v1/usage", "200"), ("POST /v1/reservations", "201"), ("POST /v1/reservations/{id}/commit", "200"),
        })
        {
            foreach (var status in new[] { success, "429" })
            {
                var headers = HeadersOf(operations[name], status);
                Assert.Contains("RateLimit", headers);
                Assert.Contains("RateLimit-Policy", headers);
            }
        }
    }

    [Fact]
    public async Task WhatIsLimited_HasA429()
    {
        var operations = OperationsOf(await DocumentAsync());
        var limited = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(static route => route.Metadata.GetMetadata<EnableRateLimitingAttribute>() is not null
                && route.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null)
            .Select(static route =>
                $"{route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]} {route.RoutePattern.RawText}")
            .ToList();

        Assert.NotEmpty(limited);
        Assert.All(limited, name => Assert.NotNull(Answer(operations[name], "429")));
    }

    private static JsonElement? Answer(JsonElement operation, string status) =>
        operation.GetProperty("responses").TryGetProperty(status, out var answer) ? answer : null;

    private static List<string> HeadersOf(JsonElement operation, string status) =>
        Answer(operation, status) is { } answer && answer.TryGetProperty("headers", out var headers)
            ? [.. headers.EnumerateObject().Select(static header => header.Name)]
            : [];

    private static Dictionary<string, JsonElement> OperationsOf(JsonElement document) =>
        document.GetProperty("paths").EnumerateObject()
            .SelectMany(static path => path.Value.EnumerateObject(), static (path, operation) => (path, operation))
            .ToDictionary(
                static found => $"{found.operation.Name.ToUpperInvariant()} {found.path.Name}",
                static found => found.operation.Value);

    private async Task<JsonElement> DocumentAsync() =>
        (await host.Anonymous().GetAsync("/openapi/v1.json")).Is(HttpStatusCode.OK).Json;
}
