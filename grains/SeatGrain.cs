using Orleans.Concurrency;
using Orleans.Placement;
using Sluice.Engine.Authorities;
using Sluice.GrainInterfaces;
using Sluice.Metering.Identity;

namespace Sluice.Grains;

/// <summary>
/// The authority of a seat. Most seats are used through one node, so the grain is placed where it is first called.
/// </summary>
[Reentrant, PreferLocalPlacement, GrainType("sluice-seat")]
public sealed class SeatGrain(AuthorityHost host, ActivationQueue activations, SyncGate gate)
    : AuthorityGrain(ScopeKind.Seat, host, activations, gate), ISeatGrain;
