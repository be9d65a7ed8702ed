using Sluice.Metering.Periods;

namespace Sluice.Storage.Reports.Usage;

/// <summary>
/// The hours of a zone, for a query. Some zones are half or a quarter of an hour away from those of UTC, and clocks
/// change; PostgreSQL finds the hour from the zone's distances and needs no time zones of its own.
/// </summary>
internal sealed class HourCuts
{
    /// <summary>
    /// Gets the start of the hour of a bucket. An hour that a change of clocks cuts off begins at the change, so that
    /// two hours of the same name stay apart.
    /// </summary>
    public const string Sql =
        """
        greatest(
          date_bin('1 hour', bucket, (@HourOrigins::timestamptz[])[width_bucket(bucket, @HourChanges)]),
          (@HourChanges::timestamptz[])[width_bucket(bucket, @HourChanges)])
        """;

    /// <summary>How much earlier than a query the distances start: the hour that it starts in may be cut off.</summary>
    private const long BeforeMs = 2 * 3_600_000;

    public HourCuts(TenantCalendar calendar, DateTimeOffset from, DateTimeOffset to)
    {
        var fromMs = from.ToUnixTimeMilliseconds() - BeforeMs;
        var offsets = calendar.Offsets(fromMs, Math.Max(fromMs + 1, to.ToUnixTimeMilliseconds()));
        Changes = [.. offsets.Select(static offset => DateTimeOffset.FromUnixTimeMilliseconds(offset.StartMs))];
        Origins = [.. offsets.Select(static offset => DateTimeOffset.FromUnixTimeMilliseconds(-offset.OffsetMs))];
    }

    /// <summary>The instants at which the distance changes.</summary>
    public DateTimeOffset[] Changes { get; }

    /// <summary>An instant at which an hour began, for each distance.</summary>
    public DateTimeOffset[] Origins { get; }
}
