namespace Sluice.Metering.Periods;

/// <summary>Maps instants to the periods of one tenant. Pure: the same instant always gives the same period.</summary>
public interface IPeriodCalendar
{
    /// <summary>Gets the period of a kind that contains an instant (Unix milliseconds).</summary>
    PeriodBounds Current(PeriodKind kind, long nowMs);
}
