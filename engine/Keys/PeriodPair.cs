using System.Runtime.CompilerServices;
using Sluice.Metering.Periods;

namespace Sluice.Engine.Keys;

/// <summary>The month and day of an instant in a tenant's zone, cached until the day ends.</summary>
internal sealed record PeriodPair(PeriodBounds Month, PeriodBounds Day)
{
    private static readonly ConditionalWeakTable<TenantCalendar, PeriodPair> Known = [];

    public bool Contains(long nowMs) => Day.Contains(nowMs) && Month.Contains(nowMs);

    /// <summary>Gets the pair of an instant; all keys of a calendar share one object.</summary>
    public static PeriodPair At(TenantCalendar calendar, long nowMs)
    {
        if (Known.TryGetValue(calendar, out var known) && known.Contains(nowMs))
            return known;
        var pair = new PeriodPair(
            calendar.Current(PeriodKind.Month, nowMs), calendar.Current(PeriodKind.Day, nowMs));
        Known.AddOrUpdate(calendar, pair);
        return pair;
    }
}
