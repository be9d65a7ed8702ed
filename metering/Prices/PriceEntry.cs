using Sluice.Metering.Metrics;

namespace Sluice.Metering.Prices;

/// <summary>One line of a price list: the price of a quantity of a metric.</summary>
/// <param name="Model">The model it is for, or <see cref="AnyModel"/>.</param>
/// <param name="Metric">The metric it is for; never a derived one.</param>
/// <param name="PerUnits">The number of whole units (tokens, seconds) the price is for, 1 to
/// <see cref="MaxPerUnits"/>.</param>
/// <param name="AmountMicros">Money for that many units, in millionths of the list's currency, 0 to
/// <see cref="MaxMicros"/>.</param>
/// <param name="CreditsMicros">Credits for that many units, in millionths, same range. A line of two zeros means that
/// the usage is free, which is not the same as having no price.</param>
public sealed record PriceEntry(string Model, MetricId Metric, long PerUnits, long AmountMicros, long CreditsMicros)
{
    /// <summary>Matches usage whose model has no line of its own for the metric, and usage without a model.</summary>
    public const string AnyModel = "*";

    /// <summary>Maximum units that one price may be for.</summary>
    public const long MaxPerUnits = 1_000_000_000;

    /// <summary>Maximum price of a line: a thousand million of the currency.</summary>
    public const long MaxMicros = ScaledNumber.MaxUnits;

    /// <summary>Maximum length of a model name, in characters.</summary>
    public const int MaxModelLength = 128;

    /// <summary>
    /// Checks whether a text can name a model in a price list: printable ASCII without spaces, so that it can be
    /// compared with the bytes of a request.
    /// </summary>
    public static bool IsModel(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MaxModelLength && !text.ContainsAnyExceptInRange('!', '~');
}
