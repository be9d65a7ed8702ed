using System.Collections.Frozen;
using Npgsql;
using NpgsqlTypes;
using Sluice.Metering.Periods;
using Sluice.Storage.Columns;

namespace Sluice.Storage.Ledger;

/// <summary>
/// Adds usage up by days of the tenant's zone, besides the quarters of an hour. Days are those of the calendars that
/// limits and statements go by; PostgreSQL needs no time zones of its own.
/// </summary>
internal static class DaySums
{
    private const string Zones = "select id, time_zone from tenant where id = any($1)";

    /// <summary>Rows are locked in one order, so that sessions which add to the same ones wait in turn.</summary>
    private const string Add =
        """
        insert into usage_day
          (tenant_id, day, month, key_id, project_id, seat_id, member, model, metric, value, unpriced)
        select t, d, m, k, max(p), max(s), e, o, c, sum(v), sum(u)
        from unnest($1::bigint[], $2::date[], $3::integer[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[],
          $8::text[], $9::smallint[], $10::bigint[], $11::bigint[]) as n(t, d, m, k, p, s, e, o, c, v, u)
        group by t, c, d, k, e, o, m
        order by t, c, d, k, e, o, m
        on conflict (tenant_id, metric, day, key_id, member, model, month)
        do update set value = usage_day.value + excluded.value, unpriced = usage_day.unpriced + excluded.unpriced
        """;

    /// <summary>Reads the calendars of the tenants of some sums.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="lines">The sums; nothing is read if there are none.</param>
    /// <param name="patience">How long it may take.</param>
    /// <param name="ct">Cancels the query.</param>
    /// <exception cref="InvalidOperationException">A stored time zone is not usable.</exception>
    public static async Task<IReadOnlyDictionary<long, TenantCalendar>> ReadCalendarsAsync(
        NpgsqlConnection connection, IReadOnlyList<RollupLine> lines, TimeSpan patience, CancellationToken ct)
    {
        if (lines.Count == 0)
            return FrozenDictionary<long, TenantCalendar>.Empty;
        await using var command = new NpgsqlCommand(Zones, connection);
        command.CommandTimeout = (int)Math.Ceiling(patience.TotalSeconds);
        command.Parameters.AddWithValue(lines.Select(static line => line.Key.TenantId).Distinct().ToArray());
        var ofZones = new Dictionary<string, TenantCalendar>();
        var calendars = new Dictionary<long, TenantCalendar>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var zone = reader.GetString(1);
            if (!ofZones.TryGetValue(zone, out var calendar))
            {
                if (!TenantCalendar.TryCreate(zone, out calendar, out var problem))
                    throw new InvalidOperationException($"The stored time zone is not usable: {problem}");
                ofZones.Add(zone, calendar);
            }

            calendars.Add(reader.GetInt64(0), calendar);
        }

        return calendars;
    }

    /// <summary>Returns the statement that adds sums to those of their days.</summary>
    /// <param name="lines">Sums by quarters of an hour; at least one.</param>
    /// <param name="calendars">The calendars of their tenants; one that is missing has the days of UTC.</param>
    public static NpgsqlBatchCommand CommandOf(
        IReadOnlyList<RollupLine> lines, IReadOnlyDictionary<long, TenantCalendar> calendars) =>
        RollupColumns.CommandOf(Add, lines, Column.Of(NpgsqlDbType.Date, lines, l => DayOf(l, calendars)));

    private static DateOnly DayOf(RollupLine line, IReadOnlyDictionary<long, TenantCalendar> calendars)
    {
        var calendar = calendars.GetValueOrDefault(line.Key.TenantId, TenantCalendar.Utc);
        return DayOf(calendar.Current(PeriodKind.Day, line.Key.BucketMs).Key);
    }

    /// <summary>Returns the date of a period that is a day.</summary>
    public static DateOnly DayOf(PeriodKey day) =>
        new(day.Value / 10_000, day.Value / 100 % 100, day.Value % 100);
}
