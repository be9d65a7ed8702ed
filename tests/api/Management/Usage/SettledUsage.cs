using Sluice.Metering.Identity;
using Sluice.Metering.Periods;

namespace Sluice.Api.Tests.Management.Usage;

/// <summary>Adds settled usage as the ledger's sums store it: by quarters of an hour, days, and months.</summary>
internal static class SettledUsage
{
    public static async Task AddAsync(
        NodeHost host,
        string tenantId,
        string bucket,
        long value,
        long key = 1,
        long project = 0,
        string member = "",
        string model = "",
        short metric = 3,
        long unpriced = 0)
    {
        var id = Scene.IdOf(tenantId);
        var at = DateTimeOffset.Parse(bucket);
        await host.QueryAsync<int>(
            """
            insert into usage_rollup
              (tenant_id, bucket, month, project_id, key_id, member, model, metric, value, unpriced)
            values ($1, $2::timestamptz, 202611, $3, $4, $5, $6, $7, $8, $9)
            """,
            id, at, project, key, member, model, metric, value, unpriced);
        await host.QueryAsync<int>(
            """
            insert into usage_day
              (tenant_id, day, month, project_id, seat_id, key_id, member, model, metric, value, unpriced)
            values ($1, $2, 202611, $3, 0, $4, $5, $6, $7, $8, $9)
            on conflict (tenant_id, metric, day, key_id, member, model, month)
            do update set value = usage_day.value + excluded.value, unpriced = usage_day.unpriced + excluded.unpriced
            """,
            id, await DayAsync(host, id, at), project, key, member, model, metric, value, unpriced);
        await host.QueryAsync<int>(
            """
            insert into usage_month
              (tenant_id, month, session_id, project_id, seat_id, key_id, model, metric, value, unpriced)
            values ($1, 202611, 0, $2, 0, $3, $4, $5, $6, $7)
            on conflict (tenant_id, month, session_id, metric, project_id, seat_id, key_id, model)
            do update set value = usage_month.value + excluded.value,
              unpriced = usage_month.unpriced + excluded.unpriced
            """,
            id, project, project == 0 ? key : 0, model, metric, value, unpriced);
    }

    private static async Task<DateOnly> DayAsync(NodeHost host, long tenantId, DateTimeOffset at)
    {
        var zone = await host.QueryAsync<string>("select time_zone from tenant where id = $1", tenantId);
        if (!TenantCalendar.TryCreate(zone!, out var calendar, out var problem))
            throw new InvalidOperationException(problem);
        var day = calendar.Current(PeriodKind.Day, at.ToUnixTimeMilliseconds()).Key.Value;
        return new DateOnly(day / 10_000, day / 100 % 100, day % 100);
    }
}
