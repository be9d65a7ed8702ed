using System.Text.Json;
using Xunit;

namespace Sluice.Api.Tests.Mail;

/// <summary>A mail as the server has taken and read it.</summary>
public sealed record TakenMail(
    string From,
    string[] Recipients,
    string? User,
    bool Encrypted,
    string[][] Headers,
    string Type,
    TakenMail.Part[] Parts)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public sealed record Part(string Type, string? Charset, string Text);

    public string MessageId => Header("Message-ID").Trim('<', '>');

    public string Text => PartOf("text/plain");

    public string Html => PartOf("text/html");

    public static TakenMail Read(string path) =>
        JsonSerializer.Deserialize<TakenMail>(File.ReadAllText(path), Json)!;

    /// <summary>The value of a header that stands there once.</summary>
    public string Header(string name) => Assert.Single(
        Headers, header => string.Equals(header[0], name, StringComparison.OrdinalIgnoreCase))[1];

    private string PartOf(string type)
    {
        var part = Assert.Single(Parts, part => part.Type == type);
        Assert.Equal("utf-8", part.Charset);
        return part.Text.ReplaceLineEndings("\n");
    }
}
