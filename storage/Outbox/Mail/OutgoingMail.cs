namespace Sluice.Storage.Outbox.Mail;

/// <summary>A mail that this node has claimed, with everything needed to send it.</summary>
public sealed record OutgoingMail
{
    public required long Id { get; init; }

    public required string Kind { get; init; }

    /// <summary>The recipients who have neither received it nor been refused permanently.</summary>
    public required string[] Pending { get; init; }

    /// <summary>Whether any recipient has already received it.</summary>
    public required bool IsAccepted { get; init; }

    public required string Language { get; init; }

    /// <summary>The data of the text, as JSON.</summary>
    public required string Model { get; init; }

    public required byte[]? Sealed { get; init; }

    public required string MessageId { get; init; }

    /// <summary>The number of attempts so far that the server has responded to.</summary>
    public required int Attempts { get; init; }

    public required int Sending { get; init; }

    /// <summary>When it started to wait: when it was written, or queued again.</summary>
    public required DateTimeOffset WaitingSince { get; init; }

    /// <summary>The time zone of its tenant.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Returns only the message id, to keep personal data out of logs.</summary>
    public override string ToString() => MessageId;
}
