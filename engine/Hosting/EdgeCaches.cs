using Sluice.Engine.Caches;
using Sluice.Engine.Edges;
using Sluice.Engine.Rating;

namespace Sluice.Engine.Hosting;

internal sealed class EdgeCaches(KeyCache keys, RateBook rates) : IEdgeCaches
{
    public void Revoke(IReadOnlyCollection<long> keyIds) => keys.Revoke(keyIds);

    public void RevokeTenant(long tenantId) => keys.RevokeTenant(tenantId);

    public Task ReloadRatesAsync(CancellationToken ct) => rates.ReloadAsync(ct);
}
