namespace Sluice.Api.Management.Prices;

/// <summary>When usage is rated by a price book.</summary>
internal enum PriceBookTime
{
    /// <summary>It was in force until another one came.</summary>
    Past,

    /// <summary>It is in force.</summary>
    Current,

    /// <summary>It comes into force later, and can be withdrawn until then.</summary>
    Future,
}
