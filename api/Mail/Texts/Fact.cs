namespace Sluice.Api.Mail.Texts;

/// <summary>What a mail has to tell: in one line, or in those that somebody wrote it in.</summary>
internal readonly record struct Fact(string Label, string Value, bool HasLines = false)
{
    public IReadOnlyList<string> Lines =>
        HasLines ? Value.ReplaceLineEndings("\n").Split('\n') : [Value];
}
