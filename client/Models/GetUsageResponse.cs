// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record GetUsageResponse
{
    /// <summary>
    /// The rows: a value for each requested group, null if the usage has none, then <c>metric</c> and <c>value</c>.
    /// </summary>
    public required IReadOnlyList<GetUsageResponseItemsItem> Items { get; init; }
}

/// <summary>Not described.</summary>
public sealed record GetUsageResponseItemsItem
{
    /// <summary>The month, where rows are grouped by it; null for usage that has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Month { get; init; }

    /// <summary>The day, where rows are grouped by it; null for usage that has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Day { get; init; }

    /// <summary>The hour, where rows are grouped by it; null for usage that has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Hour { get; init; }

    /// <summary>The project, where rows are grouped by it; null for usage that has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Project { get; init; }

    /// <summary>The key, where rows are grouped by it; null for usage that has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }

    /// <summary>The seat, where rows are grouped by it; null for usage that has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Seat { get; init; }

    /// <summary>The member, where rows are grouped by it; null for usage that has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Member { get; init; }

    /// <summary>The model, where rows are grouped by it; null for usage that has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Model { get; init; }

    /// <summary>The metric's name.</summary>
    public required string Metric { get; init; }

    /// <summary>How much of the metric was used.</summary>
    public required decimal Value { get; init; }
}
