using System.Text.Json.Serialization;

namespace Sluice.Api.DataPlane;

/// <summary>The shapes of the data plane, for the OpenAPI document. Bodies are read and written without them.</summary>
internal static class Schemas
{
    /// <param name="Id">
    /// The caller's id of the event; the same id counts once for at least 32 days. Generated if missing.
    /// </param>
    /// <param name="Model">A label that prices and analytics go by.</param>
    /// <param name="Metrics">Amounts by metric name, at most the metric's decimals.</param>
    /// <param name="At">Labels analytics; at most 35 days ago and 5 minutes ahead.</param>
    /// <param name="Mode"><c>consume</c> (default) may be refused, <c>record</c> counts what has happened.</param>
    /// <param name="Ack"><c>durable</c> (default) answers after the disk, <c>memory</c> at once.</param>
    /// <param name="Member">A label that analytics go by.</param>
    internal sealed record Usage(
        string? Id,
        string? Model,
        IReadOnlyDictionary<string, decimal> Metrics,
        DateTimeOffset? At,
        string? Mode,
        string? Ack,
        string? Member);

    internal sealed record BatchItem(
        string? Key,
        string? KeyId,
        string? Id,
        string? Model,
        IReadOnlyDictionary<string, decimal> Metrics,
        DateTimeOffset? At,
        string? Mode,
        string? Ack,
        string? Member);

    internal sealed record Limit(
        string Scope,
        string ScopeId,
        string Metric,
        string Kind,
        string Source,
        string Period,
        [property: JsonPropertyName("limit")] decimal Value,
        decimal Used,
        decimal Held,
        decimal Remaining,
        DateTimeOffset? ResetsAt);

    internal sealed record UsageAnswer(
        string Id,
        bool Allowed,
        bool Duplicate,
        string State,
        decimal Amount,
        decimal Credits,
        IReadOnlyList<string>? Unpriced,
        IReadOnlyList<Limit> Limits);

    internal sealed record CheckAnswer(
        bool Allowed,
        string State,
        decimal Amount,
        decimal Credits,
        IReadOnlyList<string>? Unpriced,
        IReadOnlyList<Limit> Limits,
        Limit? Limit,
        string? RaisedBy);

    internal sealed record BatchResult(string? Id, bool Allowed, bool Duplicate, string State, object? Problem);

    internal sealed record BatchAnswer(IReadOnlyList<BatchResult> Results);

    internal sealed record Reservation(
        string? Id, string? Model, IReadOnlyDictionary<string, decimal> Metrics, string? Member, int? TtlSeconds);

    internal sealed record ReservationAnswer(
        string Id,
        DateTimeOffset ExpiresAt,
        bool Allowed,
        bool Duplicate,
        string State,
        decimal Amount,
        decimal Credits,
        IReadOnlyList<string>? Unpriced,
        IReadOnlyList<Limit> Limits);

    /// <param name="Metrics">Amounts by metric name.</param>
    /// <param name="Model">The model that was used, if it is not that of the reservation; rated at its price of the
    /// reservation's time.</param>
    /// <param name="Member">The member, if it is not that of the reservation.</param>
    /// <param name="KeyId">The key of the reservation; with the gateway's token only.</param>
    internal sealed record Commit(
        IReadOnlyDictionary<string, decimal> Metrics, string? Model, string? Member, string? KeyId);

    internal sealed record ScopeLimits(string Scope, string ScopeId, string State, IReadOnlyList<Limit> Limits);

    internal sealed record LimitsAnswer(
        string KeyId, string State, IReadOnlyList<ScopeLimits> Scopes, IReadOnlyList<Limit> Limits);

    internal sealed record EventData(string? Model, IReadOnlyDictionary<string, decimal> Metrics, string? Member);

    internal sealed record CloudEvent(
        string SpecVersion,
        string Id,
        string Source,
        string Type,
        string? Subject,
        DateTimeOffset? Time,
        EventData Data);
}
