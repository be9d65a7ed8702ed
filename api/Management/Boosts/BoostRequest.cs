using System.ComponentModel.DataAnnotations;

namespace Sluice.Api.Management.Boosts;

/// <summary>Which blocked limit to raise, to what value, and until when.</summary>
/// <param name="Scope">The kind of scope whose limit is raised.</param>
/// <param name="ScopeId">The id of that scope, such as <c>k0000000001a</c>.</param>
/// <param name="Metric">The metric's name, such as <c>text_tokens</c>.</param>
/// <param name="Value">
/// The raised value, in the metric's units: above the limit's own value, and at most the quota for a tenant's own
/// limit.
/// </param>
/// <param name="Until">The first instant without the boost, in the future and at most 366 days ahead.</param>
/// <param name="Source">Where the limit comes from; needed if limits of several sources match.</param>
/// <param name="Period">The period of the limit; needed if limits of several periods match.</param>
internal sealed record BoostRequest(
    [AllowedValues("tenant", "project", "seat", "key")] string? Scope,
    string? ScopeId,
    string? Metric,
    JsonDecimal? Value,
    DateTimeOffset? Until,
    [AllowedValues("quota", "limit", "threshold", "plan", "key")] string? Source = null,
    [AllowedValues("month", "day", "total")] string? Period = null);
