using System.Text;
using System.Text.Json;
using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Outbox.ThresholdEvents;

namespace Sluice.Storage.Outbox.Webhooks;

/// <summary>
/// Builds the body of a delivery: <c>{"type", "timestamp", "data"}</c>, with the names and amounts of the REST API.
/// Built once, when it is queued, so that every attempt sends the same bytes.
/// </summary>
public static class WebhookBody
{
    /// <param name="type">The event type.</param>
    /// <param name="at">When it happened, which is not when it is sent.</param>
    /// <param name="writeData">Writes the fields of <c>data</c>.</param>
    public static string Of(string type, DateTimeOffset at, Action<Utf8JsonWriter> writeData)
    {
        ArgumentNullException.ThrowIfNull(writeData);
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteString("timestamp", at.UtcDateTime);
            json.WriteStartObject("data");
            writeData(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    public static string Of(ThresholdEventRow thresholdEvent, MetricCatalogue catalogue)
    {
        ArgumentNullException.ThrowIfNull(thresholdEvent);
        ArgumentNullException.ThrowIfNull(catalogue);
        var metric = catalogue[new(thresholdEvent.Metric)];
        return Of(WebhookEvents.Of(thresholdEvent), thresholdEvent.At, json =>
        {
            json.WriteString("tenantId", IdText.Format(IdText.Tenant, thresholdEvent.TenantId));
            json.WriteString("scope", Word(thresholdEvent.ScopeKind));
            json.WriteString("scopeId", new ScopeId(thresholdEvent.ScopeKind, thresholdEvent.ScopeId).ToString());
            json.WriteString("metric", metric.Name);
            json.WriteString("kind", Word(thresholdEvent.LimitKind));
            json.WriteString("source", Word(thresholdEvent.Source));
            json.WriteString("period", new PeriodKey(thresholdEvent.Period).ToString());
            Write(json, "threshold", thresholdEvent.ValueUnits, metric);
            Write(json, "usage", thresholdEvent.UsedUnits, metric);
            if (thresholdEvent.Kind == ThresholdEventKind.Refused)
                Write(json, "refused", thresholdEvent.RefusedUnits, metric);
            else
                json.WriteNull("refused");
        });
    }

    /// <summary>Writes an amount exactly as stored, never through a binary fraction.</summary>
    private static void Write(Utf8JsonWriter json, string name, long units, Metric metric)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(ScaledNumber.Format(units, metric.Decimals), skipInputValidation: true);
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
