namespace Sluice.Storage.Mail;

/// <summary>What an attempt led to, to be written down.</summary>
/// <param name="Mail">What was sent.</param>
/// <param name="Deliveries">For each recipient that the server answered about.</param>
/// <param name="Failure">Why the attempt failed as a whole; null where it did not.</param>
/// <param name="State">Where the mail stands now.</param>
/// <param name="Attempts">Attempts that count, this one included.</param>
/// <param name="DueAt">When the next one is due, where it still waits.</param>
public sealed record MailAttempt(
    OutgoingMail Mail,
    IReadOnlyList<Delivery> Deliveries,
    string? Failure,
    MailState State,
    int Attempts,
    DateTimeOffset DueAt)
{
    /// <summary>What the last trouble was; null where there was none.</summary>
    public string? Error => Failure ?? Deliveries
        .LastOrDefault(static delivery => delivery.Outcome != DeliveryOutcome.Accepted)?.Detail;
}
