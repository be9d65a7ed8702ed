namespace Sluice.Storage.Limits;

/// <summary>Who hears of an account's thresholds, and in which language.</summary>
public sealed record ThresholdContact
{
    public required string[] WarningRecipients { get; init; }

    public required string[] BlockedRecipients { get; init; }

    /// <summary><c>en</c> or <c>fr</c>.</summary>
    public required string Language { get; init; }
}
