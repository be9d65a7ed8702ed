namespace Sluice.Metering.Metrics;

/// <summary>A named counter, as the operator sees it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">What usage events call it: <c>^[a-z][a-z0-9_]{0,62}$</c>.</param>
/// <param name="Decimals">Decimals that one unit is kept with, 0 to <see cref="MaxDecimals"/>; amounts are integers
/// of the smallest unit.</param>
/// <param name="Derived">True where the price book computes it; no event may name it and no price may be set on it.
/// </param>
public sealed record Metric(MetricId Id, string Name, int Decimals, bool Derived)
{
    /// <summary>Most decimals of a metric: what money is kept with.</summary>
    public const int MaxDecimals = 6;

    /// <summary>Longest name, in characters (ASCII, so also in bytes).</summary>
    public const int MaxNameLength = 63;

    /// <summary>How many smallest units make one whole unit: 10 to the power of <see cref="Decimals"/>.</summary>
    public long UnitsPerWhole => ScaledNumber.PowerOfTen(Decimals);

    /// <summary>Whether a text may name a metric.</summary>
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
