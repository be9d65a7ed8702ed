using Sluice.Metering.Periods;
using Sluice.Storage.Ledger;

namespace Sluice.Storage.Reports.Usage;

/// <summary>
/// The days or months of an interval of time, for a query. PostgreSQL compares with their starts and needs no time
/// zones of its own, so that a day in analytics is exactly the day of limits and statements.
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

    /// <summary>The starts for <c>width_bucket</c>, whose result is an index for <see cref="this[int]"/>.</summary>
    public DateTimeOffset[] Starts =>
        [.. _periods.Select(static bounds => DateTimeOffset.FromUnixTimeMilliseconds(bounds.StartMs))];

    /// <summary>The first days, for sums by days.</summary>
    public DateOnly[] Days =>
    [
        .. _periods.Select(static bounds => bounds.Key.Kind == PeriodKind.Month
            ? new DateOnly(bounds.Key.Value / 100, bounds.Key.Value % 100, 1)
            : DaySums.DayOf(bounds.Key)),
    ];

    /// <param name="position">Starts at 1, as in PostgreSQL.</param>
    public PeriodKey this[int position] => _periods[position - 1].Key;
}
