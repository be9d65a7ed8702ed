using Sluice.Metering.Periods;

namespace Sluice.Simulation.Timeline;

/// <summary>Periods of about a second, so that every run sees several of them end. Three days make a month.</summary>
internal sealed class ShortCalendar(long dayMs) : IPeriodCalendar
{
    private const int FirstDay = 1_000_000;

    public PeriodBounds Current(PeriodKind kind, long nowMs)
    {
        switch (kind)
        {
            case PeriodKind.Month:
                var month = nowMs / (3 * dayMs);
                return new PeriodBounds(new PeriodKey((int)month + 1), month * 3 * dayMs, (month + 1) * 3 * dayMs);
            case PeriodKind.Day:
                var day = nowMs / dayMs;
                return new PeriodBounds(new PeriodKey(FirstDay + (int)day), day * dayMs, (day + 1) * dayMs);
            default:
                return new PeriodBounds(PeriodKey.Total, 0, long.MaxValue);
        }
    }
}
