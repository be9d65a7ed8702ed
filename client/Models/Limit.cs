// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record Limit
{
    /// <summary>The kind of scope whose usage it watches.</summary>
    public required string Scope { get; init; }

    /// <summary>The id of that scope, such as <c>k0000000001a</c>.</summary>
    public required string ScopeId { get; init; }

    /// <summary>The metric's name, such as <c>text_tokens</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>What happens when usage reaches it: a refusal or a notification.</summary>
    public required string Kind { get; init; }

    /// <summary>Where the limit comes from.</summary>
    public required string Source { get; init; }

    /// <summary>The period over which usage adds up.</summary>
    public required string Period { get; init; }

    /// <summary>The value in force, in the metric's units.</summary>
    [JsonPropertyName("limit")]
    public required decimal Value { get; init; }

    /// <summary>What is used in the period, in the metric's units.</summary>
    public required decimal Used { get; init; }

    /// <summary>What reservations hold, in the metric's units.</summary>
    public required decimal Held { get; init; }

    /// <summary>What may still be used, in the metric's units.</summary>
    public required decimal Remaining { get; init; }

    /// <summary>When the period ends, in UTC; null if never.</summary>
    public required DateTimeOffset? ResetsAt { get; init; }

    /// <summary>The limit's state; only in the list of a key's limits.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? State { get; init; }
}
