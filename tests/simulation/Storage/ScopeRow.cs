using Sluice.Metering.Leases.Authority;
using Sluice.Metering.Limits;

namespace Sluice.Simulation.Storage;

/// <summary>The store's data of one scope.</summary>
internal sealed class ScopeRow(LimitSet limits)
{
    public long Epoch { get; set; }

    public LimitSet Limits { get; set; } = limits;

    public long EffectiveVersion { get; set; }

    public Dictionary<(long Limit, long Value, int Period), ThresholdLine> Marks { get; } = [];

    public HashSet<ArmedThreshold> Armed { get; } = [];
}
