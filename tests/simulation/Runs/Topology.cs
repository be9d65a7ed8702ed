using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;
using Sluice.Simulation.Timeline;

namespace Sluice.Simulation.Runs;

/// <summary>Two tenants; project keys that share projects, and a personal key that counts in its tenant only.</summary>
internal sealed class Topology
{
    public static readonly MetricId[] Metrics = [MetricId.Amount, MetricId.Requests, MetricId.TextTokens];

    private static readonly ScopeId[][] Routes =
    [
        [Key(1), Project(1), Tenant(1)],
        [Key(2), Project(1), Tenant(1)],
        [Key(3), Project(2), Tenant(1)],
        [Key(4), Tenant(1)],
        [Key(5), Project(3), Tenant(2)],
    ];

    public Topology(long dayMs) => Calendar = new ShortCalendar(dayMs);

    public ShortCalendar Calendar { get; }

    public static int Keys => Routes.Length;

    public static IReadOnlyList<ScopeId> Scopes { get; } = [.. Routes.SelectMany(r => r).Distinct().Order()];

    /// <summary>Returns the scopes that a key counts in, in the order of takes.</summary>
    public static IReadOnlyList<ScopeId> RouteOf(int key) => Routes[key - 1];

    private static ScopeId Key(long number) => new(ScopeKind.Key, number);

    private static ScopeId Project(long number) => new(ScopeKind.Project, number);

    private static ScopeId Tenant(long number) => new(ScopeKind.Tenant, number);
}
