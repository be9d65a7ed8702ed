namespace Sluice.Api.Mail;

/// <summary>Why the mail server could not be used.</summary>
/// <param name="Reason">The kind of failure, for logs; without anything that the server said.</param>
/// <param name="Detail">The failure with the server's text, for the delivery log.</param>
internal sealed record Outage(string Reason, string Detail);
