using Sluice.Metering.Limits;

namespace Sluice.Storage.Control.Limits;

/// <summary>The settings of a slot. No blocked value means unlimited.</summary>
/// <param name="BlockedUnits">The value from which requests are refused; null for none.</param>
/// <param name="Warnings">The warnings, each level once.</param>
/// <param name="WarningRecipients">Additional recipients of warnings.</param>
/// <param name="BlockedRecipients">Additional recipients of refusals.</param>
/// <param name="Language">The language of the mails; null for the tenant's.</param>
public sealed record LimitSetting(
    long? BlockedUnits,
    IReadOnlyList<WarningDraft> Warnings,
    IReadOnlyList<string> WarningRecipients,
    IReadOnlyList<string> BlockedRecipients,
    string? Language = null)
{
    public static readonly LimitSetting Nothing = new(null, [], [], []);
}
