using Sluice.Engine.Signals;
using Sluice.Storage.Control.Expiry;

namespace Sluice.Api.Jobs;

/// <summary>
/// Reclaims expired seats and removes ended boosts from their limits. Neither counts after its end: the nodes know that
/// time themselves, so notifying them is optional and may fail.
/// </summary>
internal sealed class ExpiryJob(ExpiryStore store, ControlSignals signals) : IJobWork
{
    public string Name => "expire";

    public TimeSpan Every => TimeSpan.FromSeconds(5);

    public bool OncePerCluster => true;

    public async Task<long> RunAsync(CancellationToken ct) =>
        await AllAsync(store.ExpireSeatsAsync, ct)
        + await AllAsync(store.EndBoostsAsync, ct)
        + await AllAsync(store.EndCreditPeriodsAsync, ct)
        + await AllAsync(store.ForgetSessionsAsync, ct);

    private async Task<long> AllAsync(Func<CancellationToken, Task<Expired>> next, CancellationToken ct)
    {
        var done = 0L;
        while (await next(ct) is { Count: > 0 } expired)
        {
            done += expired.Count;
            foreach (var key in expired.DeadKeys)
                await signals.KeyChangedAsync(key, ct);
            foreach (var scope in expired.Scopes)
                await signals.LimitsChangedAsync(scope, ct);
        }

        return done;
    }
}
