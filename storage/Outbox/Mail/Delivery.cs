namespace Sluice.Storage.Outbox.Mail;

/// <summary>The server's response for one recipient.</summary>
/// <param name="Recipient">The address as written in the mail.</param>
/// <param name="Outcome">The result.</param>
/// <param name="Detail">The text of the response; null if the server accepted without one worth keeping.</param>
public sealed record Delivery(string Recipient, DeliveryOutcome Outcome, string? Detail);
