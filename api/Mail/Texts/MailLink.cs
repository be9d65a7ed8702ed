namespace Sluice.Api.Mail.Texts;

/// <summary>A link in a mail. Not a record, because a record's <c>ToString</c> would put it into logs.</summary>
internal sealed class MailLink(string label, string address)
{
    public string Label { get; } = label;

    public string Address { get; } = address;
}
