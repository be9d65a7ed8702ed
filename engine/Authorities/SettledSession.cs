using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Authority;

namespace Sluice.Engine.Authorities;

/// <summary>What a settled session has left.</summary>
/// <param name="Left">Its totals that no authority has added to its own sums yet.</param>
/// <param name="HandedOver">Its holds.</param>
public sealed record SettledSession(
    ILookup<ScopeId, SettledSnapshot> Left, ILookup<ScopeId, HandedOverSnapshot> HandedOver);
