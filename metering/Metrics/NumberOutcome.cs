namespace Sluice.Metering.Metrics;

/// <summary>The result of parsing an amount.</summary>
public enum NumberOutcome
{
    /// <summary>Parsed exactly.</summary>
    Ok,

    /// <summary>Not a JSON number.</summary>
    NotANumber,

    /// <summary>Below zero; usage and limits are never negative.</summary>
    Negative,

    /// <summary>More decimals than the metric keeps; refused rather than rounded.</summary>
    TooManyDecimals,

    /// <summary>Above the bound of its kind.</summary>
    TooLarge,
}
