using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.Json;
using Xunit;

namespace Sluice.Api.Tests.Hosting;

/// <summary>An HTTP response, read to its end.</summary>
public sealed record Answer(HttpStatusCode Status, string Text, HttpResponseMessage Message)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string? ContentType => Message.Content.Headers.ContentType?.MediaType;

    public JsonElement this[string field] => Json.GetProperty(field);

    public string String(string field) => this[field].GetString()!;

    /// <summary>Asserts the status; a failure shows the body.</summary>
    public Answer Is(HttpStatusCode expected)
    {
        Assert.True(Status == expected, $"expected {(int)expected}, got {(int)Status}: {Text}");
        return this;
    }

    /// <summary>Asserts 2xx with exactly this JSON, in this order; white space does not matter.</summary>
    public Answer IsJson([StringSyntax(StringSyntaxAttribute.Json)] string expected)
    {
        Assert.True(Message.IsSuccessStatusCode, $"got {(int)Status}: {Text}");
        Assert.Equal(Compact(expected), Compact(Text));
        return this;
    }

    /// <summary>
    /// Returns the JSON without white space; numbers and the order of fields stay as they are written.
    /// </summary>
    public static string Compact(string json) => JsonSerializer.Serialize(JsonDocument.Parse(json).RootElement);

    /// <summary>Asserts a problem document of a status and the end of its type.</summary>
    public Answer IsProblem(HttpStatusCode expected, string type)
    {
        Is(expected);
        Assert.Equal("application/problem+json", ContentType);
        Assert.EndsWith($"/{type}", String("type"));
        Assert.Equal((int)expected, this["status"].GetInt32());
        Assert.False(string.IsNullOrEmpty(String("title")));
        Assert.False(string.IsNullOrEmpty(String("detail")));
        Assert.DoesNotContain("   at ", Text);
        Assert.DoesNotContain("Sluice.", Text);
        return this;
    }

    /// <summary>Asserts 422 with exactly these fields and rules, each as <c>field: rule</c>.</summary>
    public Answer BreaksRules(params string[] expected)
    {
        IsProblem(HttpStatusCode.UnprocessableEntity, "rule-broken");
        var broken = this["rules"].EnumerateObject()
            .SelectMany(static field => field.Value.EnumerateArray()
                .Select(rule => $"{field.Name}: {rule.GetString()}"));
        Assert.Equal(expected.Order(), broken.Order());
        foreach (var field in this["rules"].EnumerateObject())
            Assert.NotEqual(0, this["errors"].GetProperty(field.Name).GetArrayLength());
        return this;
    }
}
