// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;

namespace Sluice.Client.Models;

/// <summary>The new limit of a tenant, a project or a key, as a whole.</summary>
public sealed record LimitRequest
{
    /// <summary>The value at which requests are refused, in the metric's units; null for none.</summary>
    public required decimal? Blocked { get; init; }

    /// <summary>At most 16 values at which people are notified; none if omitted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LimitRequestWarning>? Warnings { get; init; }

    /// <summary>At most 20 addresses to notify; none if omitted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Recipients { get; init; }

    /// <summary>The period over which usage adds up; <c>month</c> if omitted. Only keys have others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Period { get; init; }
}
