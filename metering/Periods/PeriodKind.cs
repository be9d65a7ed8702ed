namespace Sluice.Metering.Periods;

/// <summary>How long a counter runs before it starts at zero again. The numbers are stored.</summary>
public enum PeriodKind : byte
{
    /// <summary>The calendar month in the tenant's time zone.</summary>
    Month = 0,

    /// <summary>The calendar day in the tenant's time zone.</summary>
    Day = 1,

    /// <summary>Never ends: prepaid amounts.</summary>
    Total = 2,
}
