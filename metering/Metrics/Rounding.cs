namespace Sluice.Metering.Metrics;

/// <summary>What becomes of an amount in an event that has more decimals than its metric keeps.</summary>
public enum Rounding
{
    /// <summary>It is refused.</summary>
    None,

    /// <summary>It is rounded to the nearest unit, a half up.</summary>
    Nearest,

    /// <summary>It is rounded up to the next unit.</summary>
    Up,
}
