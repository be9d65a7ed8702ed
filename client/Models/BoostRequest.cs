// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;

namespace Sluice.Client.Models;

/// <summary>Which blocked limit to raise, to what value, and until when.</summary>
public sealed record BoostRequest
{
    /// <summary>The kind of scope whose limit is raised.</summary>
    public required string Scope { get; init; }

    /// <summary>The id of that scope, such as <c>k0000000001a</c>.</summary>
    public required string ScopeId { get; init; }

    /// <summary>The metric's name, such as <c>text_tokens</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>
    /// The raised value, in the metric's units: above the limit's own value, and at most the quota for a tenant's own
    /// limit.
    /// </summary>
    public required decimal Value { get; init; }

    /// <summary>The first instant without the boost, in the future and at most 366 days ahead.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Where the limit comes from; needed if limits of several sources match.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Source { get; init; }

    /// <summary>The period of the limit; needed if limits of several periods match.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Period { get; init; }
}
