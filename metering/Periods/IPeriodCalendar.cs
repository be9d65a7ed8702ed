namespace Sluice.Metering.Periods;

/// <summary>Tells which period an instant lies in, for one tenant. Pure: the same answer to the same instant.</summary>
public interface IPeriodCalendar
{
    /// <summary>The period of a kind that contains an instant (Unix milliseconds).</summary>
    PeriodBounds Current(PeriodKind kind, long nowMs);
}
