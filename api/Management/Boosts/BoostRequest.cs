namespace Sluice.Api.Management.Boosts;

/// <summary>Which blocked limit to raise, to what value, and until when.</summary>
/// <param name="Scope"><c>tenant</c>, <c>project</c>, <c>seat</c> or <c>key</c>.</param>
/// <param name="ScopeId">Its id.</param>
/// <param name="Metric">Name of the metric.</param>
/// <param name="Value">Above the limit's own value.</param>
/// <param name="Until">The first instant without the boost; at most 366 days ahead.</param>
/// <param name="Source">Which limit, if there are several from different sources.</param>
/// <param name="Period">Which limit, if there are several for different periods.</param>
internal sealed record BoostRequest(
    string? Scope,
    string? ScopeId,
    string? Metric,
    JsonDecimal? Value,
    DateTimeOffset? Until,
    string? Source,
    string? Period);
