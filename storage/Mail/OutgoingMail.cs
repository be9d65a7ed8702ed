namespace Sluice.Storage.Mail;

/// <summary>A mail that this node has claimed, with all that sending it takes.</summary>
public sealed record OutgoingMail
{
    public required long Id { get; init; }

    public required string Kind { get; init; }

    /// <summary>Those who neither have it nor were refused for good.</summary>
    public required string[] Pending { get; init; }

    /// <summary>Whether anybody has it already.</summary>
    public required bool IsAccepted { get; init; }

    public required string Language { get; init; }

    /// <summary>JSON.</summary>
    public required string Model { get; init; }

    public required byte[]? Sealed { get; init; }

    public required string MessageId { get; init; }

    /// <summary>Attempts that the server has answered, so far.</summary>
    public required int Attempts { get; init; }

    public required int Sending { get; init; }

    /// <summary>Since when it waits: when it was written, or had to be sent again.</summary>
    public required DateTimeOffset WaitingSince { get; init; }

    /// <summary>Of its tenant.</summary>
    public required string TimeZone { get; init; }

    /// <summary>What it holds of people stays out of logs.</summary>
    public override string ToString() => MessageId;
}
