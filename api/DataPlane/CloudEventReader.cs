using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Sluice.Engine.Events;
using Sluice.Engine.Usage;
using Sluice.Storage.Ledger.Ids;

namespace Sluice.Api.DataPlane;

/// <summary>
/// Reads CloudEvents 1.0 in JSON format. Extension attributes are accepted and ignored, as the standard demands.
/// </summary>
/// <param name="meter">Knows the metrics and how old an event may be.</param>
/// <param name="idempotencyKey">Names events without an id; null if they must have one.</param>
internal sealed class CloudEventReader(Meter meter, string? idempotencyKey)
{
    /// <summary>The longest source, in characters.</summary>
    private const int SourceMax = 512;

    private static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth = DataPlaneBounds.DepthMax,
        AllowDuplicateProperties = false,
    };

    private readonly UsageReader _data = new(meter);

    public List<CloudEventItem> Items { get; } = [];

    public List<UsageEvent> Usages { get; } = [];

    public List<BodyFault> Faults { get; } = [];

    public void Read(ReadOnlySequence<byte> body, bool batch)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Options);
            if (!batch)
                ReadOne(document.RootElement, "", idempotencyKey);
            else if (document.RootElement.ValueKind != JsonValueKind.Array)
                Faults.Add(new BodyFault("", "A batch must be a JSON array.", false));
            else if (document.RootElement.GetArrayLength() > DataPlaneBounds.BatchItemsMax)
                Faults.Add(new BodyFault(
                    "", $"A batch may have at most {DataPlaneBounds.BatchItemsMax} events.", true));
            else
                ReadAll(document.RootElement);
        }
        catch (Exception e) when (BrokenJson.Is(e))
        {
            Faults.Add(new BodyFault("", BrokenJson.Describe(e), false));
        }
    }

    private void ReadAll(JsonElement array)
    {
        var index = 0;
        foreach (var element in array.EnumerateArray())
        {
            var name = idempotencyKey is null ? null : UsageBody.IdOfItem(idempotencyKey, index);
            ReadOne(element, $"[{index++}].", name);
        }
    }

    private void ReadOne(JsonElement element, string where, string? name)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            Faults.Add(new BodyFault(where.TrimEnd('.'), "Must be a JSON object.", false));
            return;
        }

        if (Attribute(element, where, "specversion", 8) is { } version && version != "1.0")
            Faults.Add(new BodyFault(where + "specversion", "Must be \"1.0\".", true));
        var id = name is not null && IsAbsent(element, "id", out _)
            ? name
            : Attribute(element, where, "id", EventIds.MaxLength);
        var source = Attribute(element, where, "source", SourceMax);
        Attribute(element, where, "type", SourceMax);
        var subject = Optional(element, where, "subject");
        var content = ReadData(element, where);
        content.Id = id;
        content.AtMs = ReadTime(element, where);
        if (source is not null)
            Items.Add(new CloudEventItem(source, subject, content));
    }

    private UsageContent ReadData(JsonElement element, string where)
    {
        var content = new UsageContent { Record = true, TimeIsStamped = true };
        if (IsAbsent(element, "data", out var data))
        {
            Faults.Add(new BodyFault(where + "data", "Is required.", true));
            return content;
        }

        var json = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(data));
        json.Read();
        _data.ReadItem(ref json, UsageFields.EventData);
        foreach (var fault in _data.Faults)
            Faults.Add(fault with { Field = fault.Field.Length == 0 ? where + "data" : $"{where}data.{fault.Field}" });
        content.Model = _data.Content.Model;
        content.Member = _data.Content.Member;
        content.Quantities.AddRange(_data.Content.Quantities);
        return content;
    }

    private long? ReadTime(JsonElement element, string where)
    {
        if (IsAbsent(element, "time", out var time))
            return null;
        if (time.ValueKind != JsonValueKind.String || !Rfc3339.TryParse(time.GetString(), out var at))
        {
            Faults.Add(new BodyFault(where + "time", $"Must be {Rfc3339.Form}.", false));
            return null;
        }

        var atMs = at.ToUnixTimeMilliseconds();
        if (!meter.IsAtAllowed(atMs))
            Faults.Add(new BodyFault(where + "time", "Must be at most 35 days ago and at most 5 minutes ahead.", true));
        return atMs;
    }

    /// <summary>Checks whether an attribute is absent; one that is null is one that is not there.</summary>
    private static bool IsAbsent(JsonElement element, string name, out JsonElement value) =>
        !element.TryGetProperty(name, out value) || value.ValueKind == JsonValueKind.Null;

    private string? Attribute(JsonElement element, string where, string name, int lengthMax)
    {
        if (IsAbsent(element, name, out var value))
        {
            Faults.Add(new BodyFault(where + name, "Is required.", true));
            return null;
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (text is null)
            Faults.Add(new BodyFault(where + name, "Must be a string.", false));
        else if (text.Length == 0 || text.Length > lengthMax || text.Any(char.IsControl))
            Faults.Add(new BodyFault(where + name, $"Must have 1 to {lengthMax} characters, none of control.", true));
        else
            return text;
        return null;
    }

    private string? Optional(JsonElement element, string where, string name)
    {
        if (IsAbsent(element, name, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.String)
            return value.GetString();
        Faults.Add(new BodyFault(where + name, "Must be a string.", false));
        return null;
    }
}
