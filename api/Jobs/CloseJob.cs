using Sluice.Metering.Periods;
using Sluice.Storage.Statements;

namespace Sluice.Api.Jobs;

/// <summary>
/// Closes what is over: resolves the thresholds of ended periods at once, and writes the statement of a month when all
/// its usage has been added up. Counters need none of this: a new period begins by itself.
/// </summary>
internal sealed class CloseJob(StatementStore statements, TimeProvider time) : IJobWork
{
    /// <summary>
    /// Usage that was admitted in the last moment of a month is in the ledger by then, unless the store is slow. What
    /// comes later still stands in the next statement.
    /// </summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long nothing is looked for where nothing was left: what the store hears of late, or a tenant that has moved
    /// into a zone, can wait so long, and there may be hundreds of zones.
    /// </summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    // When nothing was left to close in a zone, and on which day there.
    private readonly Dictionary<string, (PeriodKey Day, long At)> _closed = new(StringComparer.Ordinal);

    // What the ledger held when a month was first seen to be over, by zone and month.
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

    /// <summary>Every month from the first without a statement on, one transaction each.</summary>
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
