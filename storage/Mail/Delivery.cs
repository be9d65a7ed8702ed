namespace Sluice.Storage.Mail;

/// <summary>What the server answered about one recipient.</summary>
/// <param name="Recipient">The address as the mail has it.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Detail">What the server said; null where it accepted without a word to keep.</param>
public sealed record Delivery(string Recipient, DeliveryOutcome Outcome, string? Detail);
