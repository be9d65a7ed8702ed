using System.Buffers;
using System.Text;
using System.Text.Json;
using Sluice.Engine.Events;
using Sluice.Engine.Usage;
using Sluice.Storage.Ledger.Ids;

namespace Sluice.Api.DataPlane;

/// <summary>
/// Reads the data plane's bodies from UTF-8, without intermediate objects. It finds all faults of a body at once, and
/// stops after one that makes the rest unreadable.
/// </summary>
internal sealed class UsageReader(Meter meter)
{
    /// <summary>How many characters of a wrong name are repeated in a message.</summary>
    private const int NameShownMax = 64;

    private static readonly JsonReaderOptions Options = new()
    {
        MaxDepth = DataPlaneBounds.DepthMax,
        AllowTrailingCommas = false,
        CommentHandling = JsonCommentHandling.Disallow,
    };

    public UsageContent Content { get; } = new();

    /// <summary>The secret of the key that a batch item names; null if it names none.</summary>
    public byte[]? Key { get; private set; }

    /// <summary>The id of the key that a batch item names; null if it names none.</summary>
    public string? KeyId { get; private set; }

    public List<BodyFault> Faults { get; } = [];

    public static Utf8JsonReader Open(ReadOnlySequence<byte> body) => new(body, Options);

    /// <summary>Reads a whole body that holds one object.</summary>
    public void Read(ReadOnlySequence<byte> body, UsageFields allowed)
    {
        Content.Clear();
        Faults.Clear();
        if (body.IsEmpty)
        {
            Fault("", "The body is empty; it must be a JSON object.");
            return;
        }

        var json = Open(body);
        try
        {
            json.Read();
            ReadItem(ref json, allowed);
            if (Faults.Count == 0 && json.Read())
                Fault("", "Nothing may follow the JSON object.");
        }
        catch (Exception e) when (BrokenJson.Is(e))
        {
            Faults.Clear();
            Fault("", BrokenJson.Describe(e));
        }
    }

    /// <summary>Reads one object; the reader stands at its start and is left at its end.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="InvalidOperationException">A name in it is not valid UTF-8.</exception>
    public void ReadItem(ref Utf8JsonReader json, UsageFields allowed)
    {
        Content.Clear();
        Key = null;
        KeyId = null;
        Faults.Clear();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            Fault("", "Must be a JSON object.");
            json.Skip();
            return;
        }

        var (seen, present) = (UsageFields.None, UsageFields.None);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var field = FieldOf(ref json);
            if (field == UsageFields.None || (allowed & field) == UsageFields.None)
            {
                Fault(NameOf(ref json), "There is no such field here.");
                json.Read();
                json.Skip();
                continue;
            }

            if ((seen & field) != UsageFields.None)
                Fault(NameOf(ref json), "Is given twice.");
            seen |= field;
            json.Read();

            // A field that is null is a field that is not there.
            if (json.TokenType == JsonTokenType.Null)
                continue;
            present |= field;
            ReadField(ref json, field);
        }

        if (allowed.HasFlag(UsageFields.Metrics) && !present.HasFlag(UsageFields.Metrics))
            Rule("metrics", "Is required.");
    }

    private void ReadField(ref Utf8JsonReader json, UsageFields field)
    {
        switch (field)
        {
            case UsageFields.Id:
                Content.Id = Text(ref json, "id", EventIds.MaxLength);
                break;
            case UsageFields.Model:
                Content.Model = Text(ref json, "model", DataPlaneBounds.ModelMax) ?? "";
                break;
            case UsageFields.Member:
                Content.Member = Text(ref json, "member", DataPlaneBounds.MemberMax) ?? "";
                break;
            case UsageFields.Metrics:
                ReadMetrics(ref json);
                break;
            case UsageFields.At:
                ReadAt(ref json);
                break;
            case UsageFields.Mode:
                Content.Record = Choice(ref json, "mode", "consume", "record");
                break;
            case UsageFields.Ack:
                Content.Memory = Choice(ref json, "ack", "durable", "memory");
                break;
            case UsageFields.TtlSeconds:
                ReadTtl(ref json);
                break;
            case UsageFields.Key:
                ReadKey(ref json);
                break;
            case UsageFields.KeyId:
                KeyId = Text(ref json, "keyId", 64);
                break;
        }
    }

    private void ReadMetrics(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            WrongType(ref json, "metrics", "an object of metric names and amounts");
            return;
        }

        var any = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            Metric? metric = null;
            if (json.HasValueSequence || json.ValueIsEscaped
                ? !meter.Metrics.TryGet(NameOf(ref json), out metric)
                : !meter.Metrics.TryGet(json.ValueSpan, out metric))
            {
                var name = NameOf(ref json);
                any = true;
                json.Read();
                json.Skip();
                Rule($"metrics.{name}", "There is no such metric.");
                continue;
            }

            json.Read();
            if (json.TokenType == JsonTokenType.Null)
                continue;
            any = true;
            ReadAmount(ref json, metric!);
        }

        if (!any)
            Rule("metrics", "Needs at least one metric.");
    }

    private void ReadAmount(ref Utf8JsonReader json, Metric metric)
    {
        if (json.TokenType != JsonTokenType.Number)
        {
            WrongType(ref json, $"metrics.{metric.Name}", "a number");
            return;
        }

        if (metric.Derived)
        {
            Rule($"metrics.{metric.Name}", "Follows from the price book and can't be given.");
            return;
        }

        var number = json.HasValueSequence ? json.ValueSequence.ToArray() : json.ValueSpan;
        switch (ScaledNumber.Parse(number, metric.Decimals, metric.Rounding, out var units))
        {
            case NumberOutcome.Ok:
                Add(metric, units);
                break;
            case NumberOutcome.Negative:
                Rule($"metrics.{metric.Name}", "Must not be negative.");
                break;
            case NumberOutcome.TooManyDecimals:
                Rule($"metrics.{metric.Name}", $"May have at most {metric.Decimals} decimals.");
                break;
            case NumberOutcome.TooLarge:
                Rule(
                    $"metrics.{metric.Name}",
                    $"May be at most {ScaledNumber.Format(ScaledNumber.MaxUnits, metric.Decimals)}.");
                break;
            default:
                Rule($"metrics.{metric.Name}", "Must be a number.");
                break;
        }
    }

    private void Add(Metric metric, long units)
    {
        foreach (var quantity in Content.Quantities)
        {
            if (quantity.Metric != metric.Id)
                continue;
            Fault($"metrics.{metric.Name}", "Is given twice.");
            return;
        }

        if (Content.Quantities.Count >= UsageContent.MetricsMax)
            Rule("metrics", $"May have at most {UsageContent.MetricsMax} metrics.");
        else
            Content.Quantities.Add(new Quantity(metric.Id, units));
    }

    private void ReadAt(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.String || !Rfc3339.TryParse(Unescaped(ref json), out var at))
        {
            WrongType(ref json, "at", Rfc3339.Form);
            return;
        }

        var atMs = at.ToUnixTimeMilliseconds();
        if (!meter.IsAtAllowed(atMs))
            Rule("at", "Must be at most 35 days ago and at most 5 minutes ahead.");
        Content.AtMs = atMs;
    }

    private void ReadTtl(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.Number || !json.TryGetInt32(out var seconds))
            WrongType(ref json, "ttlSeconds", "a whole number");
        else if (seconds is < 1 or > Meter.TtlMaxSeconds)
            Rule("ttlSeconds", $"Must be 1 to {Meter.TtlMaxSeconds}.");
        else
            Content.TtlSeconds = seconds;
    }

    private void ReadKey(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.String)
            WrongType(ref json, "key", "a string");
        else
            Key = Unescaped(ref json).ToArray();
    }

    private string? Text(ref Utf8JsonReader json, string field, int lengthMax)
    {
        if (json.TokenType != JsonTokenType.String)
        {
            WrongType(ref json, field, "a string");
            return null;
        }

        string text;
        try
        {
            text = json.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            Fault(field, BrokenJson.Describe(e));
            return null;
        }

        if (text.Length == 0 || text.Length > lengthMax)
            Rule(field, $"Must have 1 to {lengthMax} characters.");
        else if (text.AsSpan().ContainsAnyInRange('\0', '\u001F')
                 || text.AsSpan().ContainsAnyInRange('\u007F', '\u009F'))
            Rule(field, "Must not have control characters.");
        return text;
    }

    /// <summary>
    /// Returns the bytes of a string without escapes; many writers escape more than necessary, such as the plus sign.
    /// </summary>
    private static ReadOnlySpan<byte> Unescaped(ref Utf8JsonReader json)
    {
        if (json.ValueIsEscaped)
            return Encoding.UTF8.GetBytes(json.GetString()!);
        return json.HasValueSequence ? json.ValueSequence.ToArray() : json.ValueSpan;
    }

    private bool Choice(ref Utf8JsonReader json, string field, string no, string yes)
    {
        if (json.TokenType != JsonTokenType.String)
        {
            WrongType(ref json, field, $"\"{no}\" or \"{yes}\"");
            return false;
        }

        if (json.ValueTextEquals(yes))
            return true;
        if (!json.ValueTextEquals(no))
            Rule(field, $"Must be \"{no}\" or \"{yes}\".");
        return false;
    }

    private void WrongType(ref Utf8JsonReader json, string field, string wanted)
    {
        json.Skip();
        Fault(field, $"Must be {wanted}.");
    }

    private void Fault(string field, string message) => Faults.Add(new BodyFault(field, message, IsRule: false));

    private void Rule(string field, string message) => Faults.Add(new BodyFault(field, message, IsRule: true));

    private static string NameOf(ref Utf8JsonReader json)
    {
        var name = json.GetString()!;
        if (name.Length <= NameShownMax)
            return name;
        return name[..(char.IsHighSurrogate(name[NameShownMax - 1]) ? NameShownMax - 1 : NameShownMax)];
    }

    private static UsageFields FieldOf(ref Utf8JsonReader json)
    {
        if (json.ValueTextEquals("metrics"u8))
            return UsageFields.Metrics;
        if (json.ValueTextEquals("model"u8))
            return UsageFields.Model;
        if (json.ValueTextEquals("id"u8))
            return UsageFields.Id;
        if (json.ValueTextEquals("key"u8))
            return UsageFields.Key;
        if (json.ValueTextEquals("keyId"u8))
            return UsageFields.KeyId;
        if (json.ValueTextEquals("at"u8))
            return UsageFields.At;
        if (json.ValueTextEquals("mode"u8))
            return UsageFields.Mode;
        if (json.ValueTextEquals("ack"u8))
            return UsageFields.Ack;
        if (json.ValueTextEquals("member"u8))
            return UsageFields.Member;
        return json.ValueTextEquals("ttlSeconds"u8) ? UsageFields.TtlSeconds : UsageFields.None;
    }
}
