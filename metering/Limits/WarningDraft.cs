namespace Sluice.Metering.Limits;

/// <summary>A warning to be set: a value, or a percentage of the blocked value set with it.</summary>
/// <param name="Units">The value in the metric's smallest units, or null for a percentage.</param>
/// <param name="Percent">
/// Above 0 up to <see cref="MaxPercent"/>, with at most two decimals, or null for a value. Above 100 it warns of usage
/// that has happened beyond the limit.
/// </param>
public readonly record struct WarningDraft(long? Units, decimal? Percent)
{
    /// <summary>Maximum percentage of the blocked value.</summary>
    public const int MaxPercent = 1_000;

    public static WarningDraft At(long units) => new(units, null);

    public static WarningDraft AtPercent(decimal percent) => new(null, percent);

    /// <summary>
    /// Resolves the value in units. A percentage is rounded up: 80 % of 7 requests is reached by the sixth, not the
    /// fifth. Returns null if the value is unknown: a percentage without a blocked value, or one that breaks a rule.
    /// </summary>
    public long? Resolve(long? blockedUnits)
    {
        if (Units is not null || Percent is not { } percent)
            return Units;
        if (blockedUnits is not { } blocked || blocked < 0 || !IsPercent(percent))
            return null;
        var basisPoints = (long)(percent * 100);
        return (long)Int128.Min(long.MaxValue, (((Int128)blocked * basisPoints) + 9_999) / 10_000);
    }

    internal static bool IsPercent(decimal percent) =>
        percent is > 0 and <= MaxPercent && decimal.Truncate(percent * 100) == percent * 100;
}
