using Sluice.Metering.Identity;

namespace Sluice.Engine.LiveState;

/// <summary>The live state of some scopes of a tenant.</summary>
/// <param name="Scopes">The scopes: tenant, projects, seats, keys, each by their ids, or the tightest first.</param>
/// <param name="Next">The scope behind which the rest begins; null if there is none.</param>
public sealed record StatePage(IReadOnlyList<ScopeLiveState> Scopes, ScopeId? Next);
