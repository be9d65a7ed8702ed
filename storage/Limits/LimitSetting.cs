using Sluice.Metering.Limits;

namespace Sluice.Storage.Limits;

/// <summary>What a slot is set to. Nothing set means unlimited.</summary>
/// <param name="BlockedUnits">From where on requests are refused; null for nowhere.</param>
/// <param name="Warnings">Each level once.</param>
/// <param name="WarningRecipients">Who else hears of a warning.</param>
/// <param name="BlockedRecipients">Who else hears of a refusal.</param>
/// <param name="Language">Of the mails; null for the tenant's.</param>
public sealed record LimitSetting(
    long? BlockedUnits,
    IReadOnlyList<WarningDraft> Warnings,
    IReadOnlyList<string> WarningRecipients,
    IReadOnlyList<string> BlockedRecipients,
    string? Language = null)
{
    public static readonly LimitSetting Nothing = new(null, [], [], []);
}
