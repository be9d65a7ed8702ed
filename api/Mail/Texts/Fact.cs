namespace Sluice.Api.Mail.Texts;

/// <summary>One line of what a mail has to tell.</summary>
internal readonly record struct Fact(string Label, string Value);
