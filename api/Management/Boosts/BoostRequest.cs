using Sluice.Api.Wire;

namespace Sluice.Api.Management.Boosts;

/// <summary>Which blocked limit is raised, to what, for how long.</summary>
/// <param name="Scope"><c>tenant</c>, <c>project</c>, <c>seat</c> or <c>key</c>.</param>
/// <param name="ScopeId">Its id.</param>
/// <param name="Metric">Name of the metric.</param>
/// <param name="Value">Above the limit's own value.</param>
/// <param name="Until">The first instant without the boost; at most 366 days ahead.</param>
/// <param name="Source">Which limit, where several sources limit the same.</param>
/// <param name="Period">Which limit, where there are several periods.</param>
internal sealed record BoostRequest(
    string? Scope,
    string? ScopeId,
    string? Metric,
    JsonDecimal? Value,
    DateTimeOffset? Until,
    string? Source,
    string? Period);
