using Sluice.Metering.Periods;

namespace Sluice.Metering.Tests.Leases;

/// <summary>Months of 1,000 ms, days of 100 ms.</summary>
internal sealed class FixedCalendar : IPeriodCalendar
{
    private const int FirstDay = 1_000_000;

    public PeriodBounds Current(PeriodKind kind, long nowMs) => kind switch
    {
        PeriodKind.Month => Bounds(nowMs, 1_000, 1),
        PeriodKind.Day => Bounds(nowMs, 100, FirstDay),
        _ => new PeriodBounds(PeriodKey.Total, 0, long.MaxValue),
    };

    private static PeriodBounds Bounds(long nowMs, long lengthMs, int first) =>
        new(
            new PeriodKey((int)(nowMs / lengthMs) + first),
            nowMs / lengthMs * lengthMs,
            (nowMs / lengthMs * lengthMs) + lengthMs);
}
