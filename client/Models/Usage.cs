// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record Usage
{
    /// <summary>
    /// Amounts by the name of the metric, at most 12, each with at most the metric's decimals. <c>requests</c> counts 1
    /// unless given; <c>amount</c> and <c>credits</c> follow from the price book and can't be given.
    /// </summary>
    public required IReadOnlyDictionary<string, decimal> Metrics { get; init; }

    /// <summary>
    /// The event's id, 1 to 128 characters; the same id of a key counts once for at least 32 days. The
    /// <c>Idempotency-Key</c> or a generated id if omitted.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Id { get; init; }

    /// <summary>The model's name, which prices and analytics go by, 1 to 128 characters; none if omitted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Model { get; init; }

    /// <summary>
    /// When it happened, for analytics, at most 35 days ago and 5 minutes ahead; now if omitted. Limits and prices use
    /// the present.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? At { get; init; }

    /// <summary><c>consume</c>, the default, may be refused; <c>record</c> counts what has happened.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Mode { get; init; }

    /// <summary>
    /// <c>durable</c>, the default, answers when the usage is on disk; <c>memory</c> answers at once.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Ack { get; init; }

    /// <summary>
    /// The member's label, which analytics go by, 1 to 128 characters; the member who holds the key, if any, if
    /// omitted.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Member { get; init; }
}
