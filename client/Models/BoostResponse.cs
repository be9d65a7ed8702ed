// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>A boost as the API shows it.</summary>
public sealed record BoostResponse
{
    /// <summary>The boost's id, such as <c>b0000000001a</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The kind of scope whose limit is raised.</summary>
    public required string Scope { get; init; }

    /// <summary>The id of that scope, such as <c>k0000000001a</c>.</summary>
    public required string ScopeId { get; init; }

    /// <summary>The name of that scope; for a seat, its holder's user name or null.</summary>
    public required string? ScopeName { get; init; }

    /// <summary>The metric's name, such as <c>text_tokens</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>The period of the limit.</summary>
    public required string Period { get; init; }

    /// <summary>Where the limit comes from.</summary>
    public required string Source { get; init; }

    /// <summary>The limit's own value, in the metric's units.</summary>
    public required decimal? Limit { get; init; }

    /// <summary>The raised value, in the metric's units.</summary>
    public required decimal? Value { get; init; }

    /// <summary>The first instant without the boost, in UTC.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Who created it: <c>operator</c> or a member's id.</summary>
    public required string? CreatedBy { get; init; }

    /// <summary>When it was created, in UTC.</summary>
    public required DateTimeOffset? CreatedAt { get; init; }
}
