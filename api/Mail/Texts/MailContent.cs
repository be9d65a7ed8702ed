namespace Sluice.Api.Mail.Texts;

/// <summary>What a mail says, in its language, before it is laid out as text and as HTML. Nothing is escaped.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Opening">What has happened.</param>
/// <param name="Facts">The particulars.</param>
/// <param name="Link">Where to go, or null.</param>
/// <param name="Closing">What follows from it.</param>
internal sealed record MailContent(
    string Subject,
    IReadOnlyList<string> Opening,
    IReadOnlyList<Fact> Facts,
    MailLink? Link,
    IReadOnlyList<string> Closing)
{
    /// <summary>Links are not printed.</summary>
    public override string ToString() => Subject;
}
