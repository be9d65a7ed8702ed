namespace Sluice.Storage.Control.Limits;

/// <summary>The recipients of an account's threshold notifications, and their language.</summary>
public sealed record ThresholdContact
{
    public required string[] WarningRecipients { get; init; }

    public required string[] BlockedRecipients { get; init; }

    /// <summary>The language: <c>en</c> or <c>fr</c>.</summary>
    public required string Language { get; init; }
}
