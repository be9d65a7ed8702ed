using System.Globalization;
using System.Text.Json;
using Sluice.Api.Problems;
using Sluice.Engine.Edges;
using Sluice.Engine.Events;
using Sluice.Engine.Usage;

namespace Sluice.Api.DataPlane;

/// <summary>The one place where outcomes of metering become <c>application/problem+json</c> (RFC 9457).</summary>
internal static class DataPlaneProblems
{
    public const string LimitReached = "/problems/limit-reached";
    public const string IdConflict = "/problems/id-conflict";
    public const string Stranded = "/problems/stranded";
    public const string Overloaded = "/problems/overloaded";
    public const string OutcomeUnknown = "/problems/outcome-unknown";
    public const string CounterFull = "/problems/counter-full";
    public const string Unpriced = "/problems/unpriced";
    public const string TooManyReservations = "/problems/too-many-reservations";
    public const string ReservationEnded = "/problems/reservation-ended";
    public const string TooManyUnknownKeys = "/problems/too-many-unknown-keys";

    /// <summary>The detail of a key that was not looked up. It may be a good one, so this is no 401.</summary>
    public const string NotLookedUp =
        "Too many keys that do not exist were sent from this address. This key was not looked up; try again.";

    /// <summary>The detail of every refused key, whatever is wrong with it.</summary>
    public const string NoKey = "The API key is missing, malformed, unknown, expired or revoked.";

    /// <summary>Returns status, type, title and detail of an outcome that is not success.</summary>
    public static (int Status, string Type, string Title, string Detail) Of(
        UsageEvent usage, MetricCatalogue metrics) =>
        usage.Verdict switch
        {
            UsageVerdict.Refused => (429, LimitReached, "A limit is reached.", RefusalText(usage, metrics)),
            UsageVerdict.IdConflict => (409, IdConflict, "The id was used for something else.",
                $"An event with the id {usage.Entry.EventId} exists and says something else. This one was not "
                + "counted."),
            UsageVerdict.KeyRevoked => (401, ProblemTypes.Unauthorized, "Not signed in.", NoKey),
            UsageVerdict.Stranded => (503, Stranded, "Some rights are out of reach.",
                "Another node holds what is left of a limit and can't be reached now. Nothing was counted; try again."),
            UsageVerdict.Overloaded => (503, Overloaded, "Too many requests at once.",
                "A queue of this node is full. Nothing was counted; try again."),
            UsageVerdict.OutcomeUnknown => (503, OutcomeUnknown, "The store went away while writing.",
                $"The event may have been counted. Repeat it with the id {usage.Entry.EventId} to find out: it is "
                + "counted once."),
            UsageVerdict.TooMuch => (422, CounterFull, "A counter can't hold so much more.",
                "metrics: with this a counter of the key, its seat, project or tenant would pass the largest number "
                + "that can be counted in a period. Nothing was counted."),
            UsageVerdict.Unpriced => (422, Unpriced, "There is no price.",
                $"metrics: {string.Join(", ", UsageWriter.UnpricedMetrics(usage, metrics))} of "
                + (usage.Entry.Model.Length == 0 ? "no model" : $"the model {usage.Entry.Model}")
                + " has no price, and the tenant refuses such usage (unpricedUsage). Nothing was counted."),
            UsageVerdict.AlreadyCommitted => (409, ReservationEnded, "The reservation has ended.",
                "The reservation was committed already."),
            UsageVerdict.AlreadyReleased => (409, ReservationEnded, "The reservation has ended.",
                "The reservation was released already. Nothing was counted."),
            UsageVerdict.Expired => (409, ReservationEnded, "The reservation has ended.",
                "The reservation has expired, and its hold is gone: reserve again. A commit still counts."),
            UsageVerdict.ProlongedTooOften => (409, ReservationEnded, "The reservation can't be prolonged again.",
                $"It was prolonged {Meter.ProlongationsMax} times. Commit it before it expires, and reserve again."),
            UsageVerdict.TooManyReservations => (429, TooManyReservations, "Too many reservations are open.",
                $"A key may have {ReservationBounds.KeyMax} open reservations at a node, a tenant "
                + $"{ReservationBounds.TenantMax}. Commit or release some, or wait until they expire. "
                + "Nothing was held."),
            UsageVerdict.NoSuchReservation => (404, ProblemTypes.NotFound, "Not found.",
                "There is no such reservation of this key."),
            _ => (503, ProblemTypes.Unavailable, "A part of the service can't be reached.",
                "The store or an authority can't be reached. Nothing was counted; try again."),
        };

    /// <summary>Writes the problem of an outcome, with the details of a refusal.</summary>
    public static void Write(UsageWriter writer, UsageEvent usage, MetricCatalogue metrics)
    {
        var (status, type, title, detail) = Of(usage, metrics);
        var json = Start(writer, status, type, title, detail);
        // Events are reused: one that was never filled in still has the id of an earlier request.
        if (usage.Verdict is not (UsageVerdict.KeyRevoked or UsageVerdict.NoSuchReservation))
            json.WriteString("id"u8, usage.Entry.EventId);
        if (usage.Verdict == UsageVerdict.Refused)
        {
            json.WriteBoolean("allowed"u8, false);
            writer.State("state"u8, usage.State);
            if (usage.Refusal is { } refusal)
            {
                json.WritePropertyName("limit"u8);
                writer.Limit(refusal, metrics);
                json.WriteString("raisedBy"u8, RaisedBy.Of(refusal.Limit.Source));
            }
        }

        json.WriteEndObject();
    }

    /// <summary>Writes the problem of a body: 400 if it can't be read, 422 if it breaks rules.</summary>
    public static int Write(UsageWriter writer, IReadOnlyList<BodyFault> faults)
    {
        var unreadable = faults.Any(f => !f.IsRule);
        var status = unreadable ? 400 : 422;
        var json = Start(
            writer,
            status,
            unreadable ? ProblemTypes.BadRequest : ProblemTypes.RuleBroken,
            unreadable ? "The request can't be read." : "The request breaks a rule.",
            string.Join(" ", faults.Select(f => f.Field.Length == 0 ? f.Message : $"{f.Field}: {f.Message}")));
        json.WriteStartObject("errors"u8);
        foreach (var field in faults.GroupBy(f => f.Field.Length == 0 ? "body" : f.Field))
        {
            json.WriteStartArray(field.Key);
            foreach (var fault in field)
                json.WriteStringValue(fault.Message);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        return status;
    }

    /// <summary>Writes a problem that needs only its text.</summary>
    public static void Write(UsageWriter writer, int status, string type, string title, string detail) =>
        Start(writer, status, type, title, detail).WriteEndObject();

    /// <summary>Starts a problem with the fields that every one has; the object stays open for the others.</summary>
    private static Utf8JsonWriter Start(UsageWriter writer, int status, string type, string title, string detail)
    {
        var json = writer.Json;
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        json.WriteString("title"u8, title);
        json.WriteNumber("status"u8, status);
        json.WriteString("detail"u8, detail);
        return json;
    }

    private static string RefusalText(UsageEvent usage, MetricCatalogue metrics)
    {
        if (usage.Refusal is not { } refusal)
            return "A limit is reached. Nothing was counted.";
        var metric = metrics[refusal.Limit.Metric];
        string Text(long units) => ScaledNumber.Format(units, metric.Decimals);
        static string Instant(long ms) =>
            DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("u", CultureInfo.InvariantCulture);
        var resets = refusal.ResetsAtMs == long.MaxValue
            ? "It does not reset."
            : $"It resets at {Instant(refusal.ResetsAtMs)}.";
        return $"The {metric.Name} limit of {UsageWriter.ScopeText(refusal.Limit.Scope.Kind)} {refusal.Limit.Scope} is "
            + $"{Text(refusal.ValueUnits)}: {Text(refusal.UsedUnits)} used, {Text(refusal.HeldUnits)} held, "
            + $"{Text(usage.RefusedUnits)} more asked for. {resets} Nothing was counted.";
    }
}
