namespace Sluice.Api.Mail.Texts;

/// <summary>A link that a mail brings. Not a record, whose printing would put it into a log.</summary>
internal sealed class MailLink(string label, string address)
{
    public string Label { get; } = label;

    public string Address { get; } = address;
}
