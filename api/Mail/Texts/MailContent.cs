namespace Sluice.Api.Mail.Texts;

/// <summary>
/// The content of a mail in its language, before it is laid out as text and as HTML. Nothing is escaped.
/// </summary>
/// <param name="Subject">One line.</param>
/// <param name="Opening">The paragraphs that say what has happened.</param>
/// <param name="Facts">The details.</param>
/// <param name="Link">The link to follow, or null.</param>
/// <param name="Closing">The paragraphs that say what follows from it.</param>
internal sealed record MailContent(
    string Subject,
    IReadOnlyList<string> Opening,
    IReadOnlyList<Fact> Facts,
    MailLink? Link,
    IReadOnlyList<string> Closing)
{
    /// <summary>Returns the subject only, because links must not be printed.</summary>
    public override string ToString() => Subject;
}
