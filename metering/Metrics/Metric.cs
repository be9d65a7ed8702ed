namespace Sluice.Metering.Metrics;

/// <summary>A named counter, as the operator sees it.</summary>
/// <param name="Id">The metric's number.</param>
/// <param name="Name">The name in usage events: <c>^[a-z][a-z0-9_]{0,62}$</c>.</param>
/// <param name="Decimals">The decimals kept of one unit, 0 to <see cref="MaxDecimals"/>; amounts are integers of the
/// smallest unit.</param>
/// <param name="Derived">True if the price book computes it; no event may name it and no price may be set on
/// it.</param>
/// <param name="Rounding">What becomes of amounts in events that have more decimals.</param>
public sealed record Metric(
    MetricId Id, string Name, int Decimals, bool Derived, Rounding Rounding = Rounding.None)
{
    /// <summary>Maximum decimals of a metric: the precision of money.</summary>
    public const int MaxDecimals = 6;

    /// <summary>Maximum length of a name, in characters (ASCII, so also in bytes).</summary>
    public const int MaxNameLength = 63;

    /// <summary>The number of smallest units in one whole unit: 10 to the power of <see cref="Decimals"/>.</summary>
    public long UnitsPerWhole => ScaledNumber.PowerOfTen(Decimals);

    /// <summary>Checks whether a text may name a metric.</summary>
    public static bool IsName(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > MaxNameLength || !char.IsAsciiLetterLower(text[0]))
            return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '_')
                return false;
        }

        return true;
    }
}
