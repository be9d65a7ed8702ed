namespace Sluice.Metering.Metrics;

/// <summary>What reading an amount gave.</summary>
public enum NumberOutcome
{
    /// <summary>Read exactly.</summary>
    Ok,

    /// <summary>Not a number as JSON writes it.</summary>
    NotANumber,

    /// <summary>Below zero; usage and limits are never negative.</summary>
    Negative,

    /// <summary>Finer than the metric is kept; refused rather than rounded.</summary>
    TooManyDecimals,

    /// <summary>Above the bound of its kind.</summary>
    TooLarge,
}
