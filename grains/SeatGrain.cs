using Orleans.Concurrency;
using Orleans.Placement;
using Sluice.Engine.Authorities;
using Sluice.GrainInterfaces;
using Sluice.Metering.Identity;

namespace Sluice.Grains;

/// <summary>The authority of a seat. Most are used through one node, so it lives where it is first asked.</summary>
[Reentrant, PreferLocalPlacement, GrainType("sluice-seat")]
public sealed class SeatGrain(AuthorityHost host, ActivationQueue activations)
    : AuthorityGrain(ScopeKind.Seat, host, activations), ISeatGrain;
