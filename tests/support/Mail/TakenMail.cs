using System.Text.Json;

namespace Sluice.TestSupport.Mail;

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
    /// <exception cref="InvalidOperationException">It is missing, or there are several.</exception>
    public string Header(string name) =>
        Headers.Single(header => string.Equals(header[0], name, StringComparison.OrdinalIgnoreCase))[1];

    private string PartOf(string type)
    {
        var part = Parts.Single(part => part.Type == type);
        return part.Charset != "utf-8"
            ? throw new InvalidOperationException($"The part {type} is written in {part.Charset}, not in utf-8.")
            : part.Text.ReplaceLineEndings("\n");
    }
}
