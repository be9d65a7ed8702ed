using Sluice.Metering.Periods;

namespace Sluice.Storage.Usage;

/// <summary>
/// The days or months that a stretch of time is cut into, for a query. PostgreSQL compares with their starts and needs
/// no time zones of its own, so that a day in analytics is the very day that limits and statements go by.
/// </summary>
internal sealed class PeriodCuts
{
    private readonly List<PeriodBounds> _periods = [];

    public PeriodCuts(TenantCalendar calendar, PeriodKind kind, DateTimeOffset from, DateTimeOffset to)
    {
        var bounds = calendar.Current(kind, from.ToUnixTimeMilliseconds());
        _periods.Add(bounds);
        while (bounds.EndMs < to.ToUnixTimeMilliseconds())
            _periods.Add(bounds = calendar.Next(bounds));
    }

    /// <summary>For <c>width_bucket</c>, whose answer <see cref="this[int]"/> takes.</summary>
    public DateTimeOffset[] Starts =>
        [.. _periods.Select(static bounds => DateTimeOffset.FromUnixTimeMilliseconds(bounds.StartMs))];

    /// <param name="position">From 1 on, as PostgreSQL counts.</param>
    public PeriodKey this[int position] => _periods[position - 1].Key;
}
