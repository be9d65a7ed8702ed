namespace Sluice.Storage.Outbox.Mail;

/// <summary>The result of an attempt to send a mail.</summary>
/// <param name="Mail">The mail.</param>
/// <param name="Deliveries">The result for each recipient that the server responded for.</param>
/// <param name="Failure">Why the attempt failed as a whole; null if it did not.</param>
/// <param name="State">The state of the mail now.</param>
/// <param name="Attempts">The number of attempts that count, including this one.</param>
/// <param name="DueAt">When the next attempt is due, if the mail still waits.</param>
public sealed record MailAttempt(
    OutgoingMail Mail,
    IReadOnlyList<Delivery> Deliveries,
    string? Failure,
    MailState State,
    int Attempts,
    DateTimeOffset DueAt)
{
    /// <summary>The last error; null if there was none.</summary>
    public string? Error => Failure ?? Deliveries
        .LastOrDefault(static delivery => delivery.Outcome != DeliveryOutcome.Accepted)?.Detail;
}
