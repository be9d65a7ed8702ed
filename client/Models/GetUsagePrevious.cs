// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record GetUsagePrevious
{
    /// <summary>The start of the span before, in UTC.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Its end, exclusive, in UTC: where the requested span begins.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Its rows, in the same groups.</summary>
    public required IReadOnlyList<GetUsagePreviousItemsItem> Items { get; init; }
}

/// <summary>Not described.</summary>
public sealed record GetUsagePreviousItemsItem
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

    /// <summary>
    /// The project's last name, where rows are grouped by it; null without one. A seat has its holder's.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ProjectName { get; init; }

    /// <summary>The key's last name, where rows are grouped by it; null without one. A seat has its holder's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? KeyName { get; init; }

    /// <summary>
    /// The seat's last name, where rows are grouped by it; null without one. A seat has its holder's.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SeatName { get; init; }

    /// <summary>
    /// The member's last name, where rows are grouped by it; null without one. A seat has its holder's.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MemberName { get; init; }

    /// <summary>Whether it is the sum of all values beside the largest; only where <c>top</c> was given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Other { get; init; }

    /// <summary>The metric's name.</summary>
    public required string Metric { get; init; }

    /// <summary>How much of the metric was used.</summary>
    public required decimal Value { get; init; }
}
