using Sluice.Metering.Identity;

namespace Sluice.Engine.Control;

/// <summary>The counters of one scope as its authority has them now.</summary>
public sealed record ScopeLiveState(ScopeId Scope, IReadOnlyList<MetricLiveState> Metrics);
