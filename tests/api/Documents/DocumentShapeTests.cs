using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace Sluice.Api.Tests.Documents;

/// <summary>The rules that a strict client generator has for the whole document.</summary>
[Collection<SettingsNode>]
public sealed class DocumentShapeTests(NodeHost host)
{
    [Fact]
    public async Task WhatAPathHasInBraces_IsARequiredParameterOfEachOfItsOperations_AndNothingElseIs()
    {
        var operations = await OperationsAsync();
        Assert.Contains(operations, static found => found.Path == "/v1/reservations/{id}/commit");

        foreach (var (method, path, operation) in operations)
        {
            var wanted = path.Split('{').Skip(1).Select(static part => part.Split('}')[0]).Order();
            var declared = ParametersOf(operation)
                .Where(static parameter => parameter.GetProperty("in").GetString() == "path").ToList();

            Assert.Equal(
                $"{method} {path}: {string.Join(' ', wanted)}",
                $"{method} {path}: {string.Join(' ', declared.Select(NameOf).Order())}");
            Assert.All(declared, static parameter => Assert.True(parameter.GetProperty("required").GetBoolean()));
            Assert.All(declared, static parameter => Assert.True(parameter.TryGetProperty("schema", out _)));
        }
    }

    [Fact]
    public void NoTwoTypes_ShareTheNameOfAComponent()
    {
        var json = host.Services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var nameOf = host.Services.GetRequiredService<IOptionsMonitor<OpenApiOptions>>().Get("v1")
            .CreateSchemaReferenceId;
        var groups = host.Services.GetRequiredService<IApiDescriptionGroupCollectionProvider>().ApiDescriptionGroups;
        var seen = new HashSet<Type>();
        foreach (var operation in groups.Items.SelectMany(static group => group.Items))
        {
            foreach (var parameter in operation.ParameterDescriptions)
                Walk(parameter.Type, json, seen);
            foreach (var response in operation.SupportedResponseTypes)
                Walk(response.Type, json, seen);
        }

        var shared = seen.GroupBy(type => nameOf(json.GetTypeInfo(type)))
            .Where(static group => group.Key is not null && group.Count() > 1)
            .Select(static group => $"{group.Key}: {string.Join(", ", group)}");

        Assert.True(seen.Count > 100, $"only {seen.Count} types");
        Assert.Empty(shared);
    }

    [Theory]
    [InlineData("/api/v1/jobs", "everySeconds")]
    [InlineData("/api/v1/unpriced-usage", "model")]
    [InlineData("/api/v1/tenants/{t}/state", "scopeId")]
    public async Task AList_HasTheItemsOfItsOwnEndpoint(string path, string field)
    {
        var document = await DocumentAsync();
        var list = Follow(document, SchemaOf(document, path, "application/json"));
        var item = Follow(document, list.GetProperty("properties").GetProperty("items").GetProperty("items"));

        Assert.True(item.GetProperty("properties").TryGetProperty(field, out _), item.GetRawText());
    }

    [Theory]
    [InlineData("/api/v1/tenants/{t}/usage", "items")]
    [InlineData("/api/v1/tenants/{t}/statements/{period}", "period")]
    public async Task WhatIsJsonOrCsv_IsBothInTheDocument(string path, string field)
    {
        var document = await DocumentAsync();

        var json = Follow(document, SchemaOf(document, path, "application/json"));
        Assert.True(json.GetProperty("properties").TryGetProperty(field, out _), json.GetRawText());
        Assert.Equal("string", SchemaOf(document, path, "text/csv").GetProperty("type").GetString());
    }

    private static void Walk(Type? type, JsonSerializerOptions json, HashSet<Type> seen)
    {
        type = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        if (type is null || type == typeof(void) || !seen.Add(type))
            return;
        var info = json.GetTypeInfo(type);
        Walk(info.ElementType, json, seen);
        Walk(info.KeyType, json, seen);
        if (info.Kind != JsonTypeInfoKind.Object)
            return;
        foreach (var property in info.Properties)
            Walk(property.PropertyType, json, seen);
    }

    private static JsonElement SchemaOf(JsonElement document, string path, string type) =>
        document.GetProperty("paths").GetProperty(path).GetProperty("get").GetProperty("responses").GetProperty("200")
            .GetProperty("content").GetProperty(type).GetProperty("schema");

    private static JsonElement Follow(JsonElement document, JsonElement schema) =>
        schema.TryGetProperty("$ref", out var reference)
            ? document.GetProperty("components").GetProperty("schemas")
                .GetProperty(reference.GetString()!.Split('/')[^1])
            : schema;

    private static IEnumerable<JsonElement> ParametersOf(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray() : [];

    private static string NameOf(JsonElement parameter) => parameter.GetProperty("name").GetString()!;

    private async Task<JsonElement> DocumentAsync() =>
        (await host.Anonymous().GetAsync("/openapi/v1.json")).Is(HttpStatusCode.OK).Json;

    private async Task<List<(string Method, string Path, JsonElement Operation)>> OperationsAsync() =>
    [
        .. (await DocumentAsync()).GetProperty("paths").EnumerateObject().SelectMany(
            static path => path.Value.EnumerateObject(),
            static (path, operation) => (operation.Name.ToUpperInvariant(), path.Name, operation.Value)),
    ];
}
