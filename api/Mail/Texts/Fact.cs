namespace Sluice.Api.Mail.Texts;

/// <summary>
/// A labelled fact in a mail; its value is one line, or keeps the line breaks of the person who wrote it.
/// </summary>
internal readonly record struct Fact(string Label, string Value, bool HasLines = false)
{
    public IReadOnlyList<string> Lines =>
        HasLines ? Value.ReplaceLineEndings("\n").Split('\n') : [Value];
}
