using System.Globalization;
using System.Text.Json;
using Sluice.Engine.Events;
using Sluice.Metering.Limits;
using Sluice.Metering.Periods;

namespace Sluice.Api.DataPlane;

/// <summary>
/// Writes responses of the data plane as UTF-8, without intermediate objects, into the buffer of this thread. After an
/// <c>await</c> or on another thread the buffer may hold the response of another caller; because this is a ref struct,
/// the compiler does not allow it to be kept so long.
/// </summary>
internal readonly ref struct UsageWriter
{
    [ThreadStatic]
    private static WriterBuffer? _ofThread;

    private readonly WriterBuffer _buffer;
    private readonly Utf8JsonWriter _json;

    private UsageWriter(WriterBuffer buffer)
    {
        _buffer = buffer;
        _json = buffer.Json;
    }

    /// <summary>Returns a writer of this thread's buffer, empty. It is valid until the thread rents it again.</summary>
    public static UsageWriter Rent()
    {
        var buffer = _ofThread ??= new WriterBuffer();
        buffer.Clear();
        return new UsageWriter(buffer);
    }

    public Utf8JsonWriter Json => _json;

    public ReadOnlySpan<byte> Written => _buffer.Written;

    public void Answer(UsageEvent usage, MetricCatalogue metrics)
    {
        _json.WriteStartObject();
        _json.WriteString("id"u8, usage.Entry.EventId);
        Admitted(usage, metrics);
        _json.WriteEndObject();
    }

    /// <summary>Writes the answer to a dry run.</summary>
    /// <param name="usage">The usage that was asked about.</param>
    /// <param name="metrics">The catalogue in force.</param>
    /// <param name="happened">Whether the usage has already happened, so that no limit would refuse it.</param>
    public void Check(UsageEvent usage, MetricCatalogue metrics, bool happened = false)
    {
        _json.WriteStartObject();
        _json.WriteBoolean("allowed"u8, happened || usage.Verdict == UsageVerdict.Allowed);
        Outcome(usage, metrics);
        if (!happened && usage is { Verdict: UsageVerdict.Refused, Refusal: { } refusal })
        {
            _json.WritePropertyName("limit"u8);
            Limit(refusal, metrics);
            _json.WriteString("raisedBy"u8, RaisedBy.Of(refusal.Limit.Source));
        }

        _json.WriteEndObject();
    }

    public void Reservation(UsageEvent usage, MetricCatalogue metrics)
    {
        _json.WriteStartObject();
        _json.WriteString("id"u8, usage.Entry.EventId);
        _json.WriteString("expiresAt"u8, Instant(usage.ExpiresAtMs));
        Admitted(usage, metrics);
        _json.WriteEndObject();
    }

    public void Limit(in LimitReading reading, MetricCatalogue metrics, UsageState? state = null)
    {
        var limit = reading.Limit;
        var metric = metrics[limit.Metric];
        _json.WriteStartObject();
        _json.WriteString("scope"u8, ScopeText(limit.Scope.Kind));
        _json.WriteString("scopeId"u8, limit.Scope.ToString());
        _json.WriteString("metric"u8, metric.Name);
        _json.WriteString("kind"u8, limit.Kind == LimitKind.Blocked ? "blocked"u8 : "warning"u8);
        _json.WriteString("source"u8, SourceText(limit.Source));
        _json.WriteString("period"u8, PeriodText(limit.Period));
        Number("limit"u8, reading.ValueUnits, metric.Decimals);
        Number("used"u8, reading.UsedUnits, metric.Decimals);
        Number("held"u8, reading.HeldUnits, metric.Decimals);
        Number("remaining"u8, reading.RemainingUnits, metric.Decimals);
        if (reading.ResetsAtMs == long.MaxValue)
            _json.WriteNull("resetsAt"u8);
        else
            _json.WriteString("resetsAt"u8, Instant(reading.ResetsAtMs));
        if (state is { } known)
            State("state"u8, known);
        _json.WriteEndObject();
    }

    /// <summary>Lists the metrics of an event that have no price.</summary>
    public static IEnumerable<string> UnpricedMetrics(UsageEvent usage, MetricCatalogue metrics)
    {
        for (var line = 0; line < usage.Charge.Count; line++)
        {
            if ((usage.Entry.UnpricedMask & (1 << line)) != 0)
                yield return metrics[usage.Charge.MetricAt(line)].Name;
        }
    }

    public void State(ReadOnlySpan<byte> name, UsageState state) => _json.WriteString(name, state switch
    {
        UsageState.Blocked => "blocked"u8,
        UsageState.Warning => "warning"u8,
        _ => "ok"u8,
    });

    public static string ScopeText(ScopeKind kind) => kind switch
    {
        ScopeKind.Tenant => "tenant",
        ScopeKind.Project => "project",
        ScopeKind.Seat => "seat",
        _ => "key",
    };

    public static string SourceText(LimitSource source) => source switch
    {
        LimitSource.Quota => "quota",
        LimitSource.Limit => "limit",
        LimitSource.Threshold => "threshold",
        LimitSource.Plan => "plan",
        _ => "key",
    };

    private static string PeriodText(PeriodKind period) => period switch
    {
        PeriodKind.Day => "day",
        PeriodKind.Total => "total",
        _ => "month",
    };

    private void Admitted(UsageEvent usage, MetricCatalogue metrics)
    {
        _json.WriteBoolean("allowed"u8, true);
        _json.WriteBoolean("duplicate"u8, usage.Duplicate);
        Outcome(usage, metrics);
    }

    private void Outcome(UsageEvent usage, MetricCatalogue metrics)
    {
        State("state"u8, usage.State);
        Number("amount"u8, usage.AmountUnits, 6);
        Number("credits"u8, usage.CreditsUnits, 6);
        if (usage.IsUnpricedMoney)
            Unpriced(usage, metrics);
        _json.WriteStartArray("limits"u8);
        foreach (var reading in usage.Readings)
            Limit(reading, metrics);
        _json.WriteEndArray();
    }

    private void Unpriced(UsageEvent usage, MetricCatalogue metrics)
    {
        _json.WriteStartArray("unpriced"u8);
        foreach (var name in UnpricedMetrics(usage, metrics))
            _json.WriteStringValue(name);
        _json.WriteEndArray();
    }

    public void Number(string name, long units, int decimals)
    {
        _json.WritePropertyName(name);
        Number(units, decimals);
    }

    private void Number(ReadOnlySpan<byte> name, long units, int decimals)
    {
        _json.WritePropertyName(name);
        Number(units, decimals);
    }

    private void Number(long units, int decimals)
    {
        Span<byte> text = stackalloc byte[ScaledNumber.MaxTextLength];
        ScaledNumber.TryFormat(units, decimals, text, out var written);
        _json.WriteRawValue(text[..written], skipInputValidation: true);
    }

    public static string Instant(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms)
        .UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
