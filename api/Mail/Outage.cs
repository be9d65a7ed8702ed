namespace Sluice.Api.Mail;

/// <summary>Why the mail server could not be used.</summary>
/// <param name="Reason">For logs: what kind of failure, without anything that the server said.</param>
/// <param name="Detail">For the delivery log, with what it said.</param>
internal sealed record Outage(string Reason, string Detail);
