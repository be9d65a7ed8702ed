using Sluice.Metering.Periods;

namespace Sluice.Engine.Edges;

/// <summary>The month and day of an instant in a tenant's zone; kept until the day ends.</summary>
internal sealed record PeriodPair(PeriodBounds Month, PeriodBounds Day)
{
    public bool Contains(long nowMs) => Day.Contains(nowMs) && Month.Contains(nowMs);

    public static PeriodPair At(TenantCalendar calendar, long nowMs) =>
        new(calendar.Current(PeriodKind.Month, nowMs), calendar.Current(PeriodKind.Day, nowMs));
}
