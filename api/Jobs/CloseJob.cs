using Sluice.Metering.Periods;
using Sluice.Storage.Reports.Statements;

namespace Sluice.Api.Jobs;

/// <summary>
/// Closes ended periods: resolves their thresholds at once, and writes the statement of a month when all its usage has
/// been added up. Counters need none of this: a new period begins by itself.
/// </summary>
internal sealed class CloseJob(StatementStore statements, TimeProvider time) : IJobWork
{
    /// <summary>
    /// How long to wait after the end of a month: by then usage that was admitted in its last moment is in the ledger,
    /// unless the store is slow. Anything later goes into the next statement.
    /// </summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a zone is skipped once nothing was left to close: late events, or a tenant that has moved into the
    /// zone, can wait that long, and there may be hundreds of zones.
    /// </summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    // The day and time at which nothing was left to close, by zone.
    private readonly Dictionary<string, (PeriodKey Day, long At)> _closed = new(StringComparer.Ordinal);

    // The ledger's state when a month was first seen to be over, by zone and month.
    private readonly Dictionary<(string Zone, int Month), IReadOnlyDictionary<long, long>> _seen = [];

    public string Name => "close-periods";

    public TimeSpan Every => TimeSpan.FromSeconds(2);

    public bool OncePerCluster => true;

    public async Task<long> RunAsync(CancellationToken ct)
    {
        var done = 0L;
        foreach (var zone in await statements.ListZonesAsync(ct))
        {
            if (TenantCalendar.TryCreate(zone, out var calendar, out _))
                done += await CloseAsync(calendar, zone, ct);
        }

        return done;
    }

    private async Task<long> CloseAsync(TenantCalendar calendar, string zone, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var nowMs = now.ToUnixTimeMilliseconds();
        var (month, day) = (calendar.Current(PeriodKind.Month, nowMs), calendar.Current(PeriodKind.Day, nowMs));
        if (_closed.TryGetValue(zone, out var closed) && closed.Day == day.Key
            && time.GetElapsedTime(closed.At) < LookAgain)
        {
            return 0;
        }

        var done = (long)await statements.ResolveEndedAsync(zone, month.Key, day.Key, now, ct);

        var last = calendar.Current(PeriodKind.Month, month.StartMs - 1);
        if (now < DateTimeOffset.FromUnixTimeMilliseconds(day.StartMs) + Settling)
            return done;
        while (await statements.ListDueAsync(zone, last, ct) is { Count: > 0 } due)
        {
            if (!await IsAddedUpAsync(zone, last, ct))
                return done;
            foreach (var tenant in due)
                done += await CloseAsync(calendar, tenant, last, ct);
        }

        _seen.Remove((zone, last.Key.Value));
        _closed[zone] = (day.Key, time.GetTimestamp());
        return done;
    }

    private async Task<bool> IsAddedUpAsync(string zone, PeriodBounds month, CancellationToken ct)
    {
        var key = (zone, month.Key.Value);
        if (!_seen.TryGetValue(key, out var batches))
            _seen[key] = batches = await statements.ReadBatchesAsync(ct);
        return await statements.AreAddedUpAsync(batches, ct);
    }

    /// <summary>Closes every month after the last one with a statement, in one transaction each.</summary>
    private async Task<long> CloseAsync(
        TenantCalendar calendar, StatementDue tenant, PeriodBounds last, CancellationToken ct)
    {
        var month = tenant.LastPeriod is { } before
            ? calendar.Next(calendar.Of(new PeriodKey(before)))
            : calendar.Current(PeriodKind.Month, tenant.CreatedAt.ToUnixTimeMilliseconds());
        var done = 0L;
        while (month.Key.Value <= last.Key.Value)
        {
            if (await statements.CloseAsync(tenant, month, time.GetUtcNow(), ct))
                done++;
            month = calendar.Next(month);
        }

        return done;
    }
}
