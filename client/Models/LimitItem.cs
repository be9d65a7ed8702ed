// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>One limit in the list of all limits.</summary>
public sealed record LimitItem
{
    /// <summary>The limit's id, a number; it stays the same until the limit's value changes.</summary>
    public required string Id { get; init; }

    /// <summary>The kind of scope whose usage it watches.</summary>
    public required string Scope { get; init; }

    /// <summary>The id of that scope, such as <c>k0000000001a</c>.</summary>
    public required string ScopeId { get; init; }

    /// <summary>The name of that scope; for a seat, its holder's user name or null.</summary>
    public required string? ScopeName { get; init; }

    /// <summary>The metric's name, such as <c>text_tokens</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>The period over which usage adds up.</summary>
    public required string Period { get; init; }

    /// <summary>What happens when usage reaches it.</summary>
    public required string Kind { get; init; }

    /// <summary>Where the limit comes from.</summary>
    public required string Source { get; init; }

    /// <summary>
    /// Who sets it, and so who can raise it: <c>operator</c>, <c>plan</c>, <c>tenant_administrator</c> or
    /// <c>key_manager</c>.
    /// </summary>
    public required string SetBy { get; init; }

    /// <summary>The value, in the metric's units; null for a warning at a percentage of the blocked value.</summary>
    public required decimal? Value { get; init; }

    /// <summary>The percentage of the blocked value; null for a limit at a value.</summary>
    public required decimal? Percent { get; init; }

    /// <summary>
    /// The raised value, in the metric's units, in force until <c>boostedUntil</c>; null without a boost.
    /// </summary>
    public required decimal? BoostedValue { get; init; }

    /// <summary>The first instant without the boost, in UTC; null without a boost.</summary>
    public required DateTimeOffset? BoostedUntil { get; init; }

    /// <summary>
    /// For an amount, the lowest blocked amount above it, from the quota or the tenant's limit; null if there is none.
    /// </summary>
    public required decimal? Ceiling { get; init; }

    /// <summary>The addresses to notify that were set with it; empty for callers who may not see them.</summary>
    public required IReadOnlyList<string> Recipients { get; init; }
}
