using Sluice.Metering.Identity;

namespace Sluice.Engine.LiveState;

/// <summary>The current counters of one scope, as its authority has them.</summary>
public sealed record ScopeLiveState(ScopeId Scope, IReadOnlyList<MetricLiveState> Metrics);
