using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Sluice.Api.DataPlane;

/// <summary>The shapes of the data plane, for the OpenAPI document. Bodies are read and written without them.</summary>
internal static partial class Schemas
{
    /// <param name="Metrics">
    /// Amounts by the name of the metric, at most 12, each with at most the metric's decimals. <c>requests</c> counts 1
    /// unless given; <c>amount</c> and <c>credits</c> follow from the price book and can't be given.
    /// </param>
    /// <param name="Id">
    /// The event's id, 1 to 128 characters; the same id of a key counts once for at least 32 days. The
    /// <c>Idempotency-Key</c> or a generated id if omitted.
    /// </param>
    /// <param name="Model">
    /// The model's name, which prices and analytics go by, 1 to 128 characters; none if omitted.
    /// </param>
    /// <param name="At">
    /// When it happened, for analytics, at most 35 days ago and 5 minutes ahead; now if omitted. Limits and prices use
    /// the present.
    /// </param>
    /// <param name="Mode"><c>consume</c>, the default, may be refused; <c>record</c> counts what has happened.</param>
    /// <param name="Ack">
    /// <c>durable</c>, the default, answers when the usage is on disk; <c>memory</c> answers at once.
    /// </param>
    /// <param name="Member">
    /// The member's label, which analytics go by, 1 to 128 characters; the member who holds the key, if any, if
    /// omitted.
    /// </param>
    internal sealed record Usage(
        IReadOnlyDictionary<string, decimal> Metrics,
        string? Id = null,
        string? Model = null,
        DateTimeOffset? At = null,
        [AllowedValues("consume", "record")] string? Mode = null,
        [AllowedValues("durable", "memory")] string? Ack = null,
        string? Member = null);

    /// <param name="Metrics">
    /// Amounts by the name of the metric, at most 12, each with at most the metric's decimals. <c>requests</c> counts 1
    /// unless given; <c>amount</c> and <c>credits</c> follow from the price book and can't be given.
    /// </param>
    /// <param name="Key">The whole key; either this or <c>keyId</c> is given.</param>
    /// <param name="KeyId">
    /// The key's id, such as <c>k0000000001a</c>; either this or <c>key</c> is given. With <c>record</c> the key may
    /// have ended.
    /// </param>
    /// <param name="Id">
    /// The event's id, 1 to 128 characters; the same id of a key counts once for at least 32 days. The
    /// <c>Idempotency-Key</c> or a generated id if omitted.
    /// </param>
    /// <param name="Model">
    /// The model's name, which prices and analytics go by, 1 to 128 characters; none if omitted.
    /// </param>
    /// <param name="At">
    /// When it happened, for analytics, at most 35 days ago and 5 minutes ahead; now if omitted. Limits and prices use
    /// the present.
    /// </param>
    /// <param name="Mode"><c>consume</c>, the default, may be refused; <c>record</c> counts what has happened.</param>
    /// <param name="Ack">
    /// <c>durable</c>, the default, answers when the usage is on disk; <c>memory</c> answers at once.
    /// </param>
    /// <param name="Member">
    /// The member's label, which analytics go by, 1 to 128 characters; the member who holds the key, if any, if
    /// omitted.
    /// </param>
    internal sealed record BatchItem(
        IReadOnlyDictionary<string, decimal> Metrics,
        string? Key = null,
        string? KeyId = null,
        string? Id = null,
        string? Model = null,
        DateTimeOffset? At = null,
        [AllowedValues("consume", "record")] string? Mode = null,
        [AllowedValues("durable", "memory")] string? Ack = null,
        string? Member = null);

    /// <param name="Scope">The kind of scope whose usage it watches.</param>
    /// <param name="ScopeId">The id of that scope, such as <c>k0000000001a</c>.</param>
    /// <param name="Metric">The metric's name, such as <c>text_tokens</c>.</param>
    /// <param name="Kind">What happens when usage reaches it: a refusal or a notification.</param>
    /// <param name="Source">Where the limit comes from.</param>
    /// <param name="Period">The period over which usage adds up.</param>
    /// <param name="Value">The value in force, in the metric's units.</param>
    /// <param name="Used">What is used in the period, in the metric's units.</param>
    /// <param name="Held">What reservations hold, in the metric's units.</param>
    /// <param name="Remaining">What may still be used, in the metric's units.</param>
    /// <param name="ResetsAt">When the period ends, in UTC; null if never.</param>
    /// <param name="State">The limit's state; only in the list of a key's limits.</param>
    internal sealed record Limit(
        [AllowedValues("tenant", "project", "seat", "key")] string Scope,
        string ScopeId,
        string Metric,
        [AllowedValues("blocked", "warning")] string Kind,
        [AllowedValues("quota", "limit", "threshold", "plan", "key")] string Source,
        [AllowedValues("month", "day", "total")] string Period,
        [property: JsonPropertyName("limit")] decimal Value,
        decimal Used,
        decimal Held,
        decimal Remaining,
        DateTimeOffset? ResetsAt,
        [AllowedValues("ok", "warning", "blocked")] string? State = null);

    /// <param name="Id">The event's id.</param>
    /// <param name="Allowed">Always true: what is refused is answered with a problem.</param>
    /// <param name="Duplicate">
    /// Whether it repeats what was admitted before; the response is that of the first time.
    /// </param>
    /// <param name="State">The worst state of the key's limits afterwards.</param>
    /// <param name="Amount">The amount of the usage, in the tenant's currency.</param>
    /// <param name="Credits">The credits of the usage.</param>
    /// <param name="Unpriced">
    /// The metrics of the usage that have no price and count as 0; absent if there are none, or no amount or credits
    /// are limited.
    /// </param>
    /// <param name="Limits">The limits that could refuse the key, tightest first.</param>
    internal sealed record UsageAnswer(
        string Id,
        bool Allowed,
        bool Duplicate,
        [AllowedValues("ok", "warning", "blocked")] string State,
        decimal Amount,
        decimal Credits,
        IReadOnlyList<Limit> Limits,
        IReadOnlyList<string>? Unpriced = null);

    /// <param name="Allowed">Whether it would be counted.</param>
    /// <param name="State">The worst state of the key's limits.</param>
    /// <param name="Amount">The amount of the usage, in the tenant's currency.</param>
    /// <param name="Credits">The credits of the usage.</param>
    /// <param name="Unpriced">
    /// The metrics of the usage that have no price and count as 0; absent if there are none, or no amount or credits
    /// are limited.
    /// </param>
    /// <param name="Limits">The limits that could refuse the key, tightest first.</param>
    /// <param name="Limit">The limit that would refuse it; absent if none would.</param>
    /// <param name="RaisedBy">Who can raise that limit; absent without one.</param>
    internal sealed record CheckAnswer(
        bool Allowed,
        [AllowedValues("ok", "warning", "blocked")] string State,
        decimal Amount,
        decimal Credits,
        IReadOnlyList<Limit> Limits,
        IReadOnlyList<string>? Unpriced = null,
        Limit? Limit = null,
        [AllowedValues("operator", "plan", "tenant_administrator", "key_manager")] string? RaisedBy = null);

    /// <param name="Id">The event's id; null if it named none and was refused before it was metered.</param>
    /// <param name="Allowed">Whether it was counted.</param>
    /// <param name="Duplicate">
    /// Whether it repeats what was admitted before; the response is that of the first time.
    /// </param>
    /// <param name="State">The worst state of the key's limits afterwards.</param>
    /// <param name="Problem">Why it was not counted, as problem details; absent if it was.</param>
    internal sealed record BatchResult(
        string? Id,
        bool Allowed,
        bool Duplicate,
        [AllowedValues("ok", "warning", "blocked")] string State,
        Problem? Problem = null);

    /// <param name="Results">A result for each event, in their order.</param>
    internal sealed record BatchAnswer(IReadOnlyList<BatchResult> Results);

    /// <param name="Metrics">
    /// The estimate to hold: amounts by the name of the metric, at most 12, each with at most the metric's decimals.
    /// <c>requests</c> counts 1 unless given; <c>amount</c> and <c>credits</c> follow from the price book and can't be
    /// given.
    /// </param>
    /// <param name="Id">
    /// The reservation's id, 1 to 128 characters; the same id of a key counts once for at least 32 days. The
    /// <c>Idempotency-Key</c> or a generated id if omitted.
    /// </param>
    /// <param name="Model">
    /// The model's name, which prices and analytics go by, 1 to 128 characters; none if omitted.
    /// </param>
    /// <param name="Member">
    /// The member's label, which analytics go by, 1 to 128 characters; the member who holds the key, if any, if
    /// omitted.
    /// </param>
    /// <param name="TtlSeconds">How long it is held, 1 to 3,600 seconds; 300 if omitted.</param>
    internal sealed record Reservation(
        IReadOnlyDictionary<string, decimal> Metrics,
        string? Id = null,
        string? Model = null,
        string? Member = null,
        [Range(1, 3_600)] int? TtlSeconds = null);

    /// <param name="Id">The reservation's id.</param>
    /// <param name="ExpiresAt">When the hold is released by itself, in UTC.</param>
    /// <param name="Allowed">Always true: what is refused is answered with a problem.</param>
    /// <param name="Duplicate">
    /// Whether it repeats what was admitted before; the response is that of the first time.
    /// </param>
    /// <param name="State">The worst state of the key's limits afterwards.</param>
    /// <param name="Amount">The amount of the usage, in the tenant's currency.</param>
    /// <param name="Credits">The credits of the usage.</param>
    /// <param name="Unpriced">
    /// The metrics of the usage that have no price and count as 0; absent if there are none, or no amount or credits
    /// are limited.
    /// </param>
    /// <param name="Limits">The limits that could refuse the key, tightest first.</param>
    internal sealed record ReservationAnswer(
        string Id,
        DateTimeOffset ExpiresAt,
        bool Allowed,
        bool Duplicate,
        [AllowedValues("ok", "warning", "blocked")] string State,
        decimal Amount,
        decimal Credits,
        IReadOnlyList<Limit> Limits,
        IReadOnlyList<string>? Unpriced = null);

    /// <param name="Metrics">
    /// The actual usage: amounts by the name of the metric, at most 12, each with at most the metric's decimals.
    /// <c>requests</c> counts 1 unless given; <c>amount</c> and <c>credits</c> follow from the price book and can't be
    /// given.
    /// </param>
    /// <param name="Model">
    /// The model that was used, 1 to 128 characters, rated at its price of the reservation's time; that of the
    /// reservation if omitted.
    /// </param>
    /// <param name="Member">The member's label, 1 to 128 characters; that of the reservation if omitted.</param>
    /// <param name="KeyId">
    /// The id of the reservation's key, such as <c>k0000000001a</c>; needed with the gateway's token, and not allowed
    /// without it.
    /// </param>
    internal sealed record Commit(
        IReadOnlyDictionary<string, decimal> Metrics,
        string? Model = null,
        string? Member = null,
        string? KeyId = null);

    /// <param name="Scope">The kind of scope.</param>
    /// <param name="ScopeId">The id of the scope, such as <c>k0000000001a</c>.</param>
    /// <param name="State">The worst state of the scope's limits.</param>
    /// <param name="Limits">The scope's limits, warnings included.</param>
    internal sealed record ScopeLimits(
        [AllowedValues("tenant", "project", "seat", "key")] string Scope,
        string ScopeId,
        [AllowedValues("ok", "warning", "blocked")] string State,
        IReadOnlyList<Limit> Limits);

    /// <param name="KeyId">The key's id, such as <c>k0000000001a</c>.</param>
    /// <param name="State">The worst state of all limits.</param>
    /// <param name="Scopes">The scopes in which the key counts.</param>
    /// <param name="Limits">All limits of these scopes, warnings included, tightest first.</param>
    internal sealed record LimitsAnswer(
        string KeyId,
        [AllowedValues("ok", "warning", "blocked")] string State,
        IReadOnlyList<ScopeLimits> Scopes,
        IReadOnlyList<Limit> Limits);

    /// <param name="Metrics">
    /// Amounts by the name of the metric, at most 12, each with at most the metric's decimals. <c>requests</c> counts 1
    /// unless given; <c>amount</c> and <c>credits</c> follow from the price book and can't be given.
    /// </param>
    /// <param name="Model">
    /// The model's name, which prices and analytics go by, 1 to 128 characters; none if omitted.
    /// </param>
    /// <param name="Member">
    /// The member's label, which analytics go by, 1 to 128 characters; the member who holds the key, if any, if
    /// omitted.
    /// </param>
    internal sealed record EventData(
        IReadOnlyDictionary<string, decimal> Metrics, string? Model = null, string? Member = null);

    /// <param name="SpecVersion">The version of CloudEvents.</param>
    /// <param name="Id">
    /// The event's id, 1 to 128 characters; with <c>source</c> it counts once for at least 32 days. It may be omitted
    /// with an <c>Idempotency-Key</c>.
    /// </param>
    /// <param name="Source">Where the event comes from, 1 to 512 characters.</param>
    /// <param name="Type">The kind of event, 1 to 512 characters; it is not used.</param>
    /// <param name="Data">The usage.</param>
    /// <param name="Subject">
    /// With the gateway's token, the key's id, such as <c>k0000000001a</c>; not used otherwise.
    /// </param>
    /// <param name="Time">
    /// When it happened, for analytics, at most 35 days ago and 5 minutes ahead; now if omitted.
    /// </param>
    internal sealed record CloudEvent(
        [property: JsonPropertyName("specversion")][AllowedValues("1.0")] string SpecVersion,
        string Id,
        string Source,
        string Type,
        EventData Data,
        string? Subject = null,
        DateTimeOffset? Time = null);
}
