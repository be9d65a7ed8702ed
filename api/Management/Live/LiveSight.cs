using System.Collections.Frozen;

namespace Sluice.Api.Management.Live;

/// <summary>What a listener may see.</summary>
/// <param name="ScopeIds">The ids of the scopes; null for all of the tenant.</param>
internal sealed record LiveSight(FrozenSet<string>? ScopeIds)
{
    public static readonly LiveSight All = new((FrozenSet<string>?)null);

    public bool Sees(LiveItem item) => ScopeIds is null || ScopeIds.Contains(item.ScopeId);
}
