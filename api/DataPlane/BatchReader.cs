using System.Buffers;
using System.Text.Json;
using Sluice.Engine.Metering;

namespace Sluice.Api.DataPlane;

/// <summary>
/// Reads a batch. What can't be read refuses it as a whole, before anything is counted, and names the line; an item
/// that can be read but breaks a rule is refused by itself.
/// </summary>
internal sealed class BatchReader(Meter meter)
{
    private readonly UsageReader _reader = new(meter);

    public List<BatchItem> Items { get; } = [];

    /// <summary>Why the whole batch is refused; empty if it is not.</summary>
    public List<BodyFault> Faults { get; } = [];

    public void ReadArray(ReadOnlySequence<byte> body)
    {
        var json = UsageReader.Open(body);
        try
        {
            if (!json.Read() || json.TokenType != JsonTokenType.StartArray)
            {
                Faults.Add(new BodyFault("", "The body must be a JSON array, or lines of JSON (NDJSON).", false));
                return;
            }

            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                Add(ref json, $"[{Items.Count}]");
            if (json.Read())
                Faults.Add(new BodyFault("", "Nothing may follow the array.", false));
        }
        catch (JsonException e)
        {
            Faults.Add(new BodyFault(
                "", $"Not valid JSON: item {Items.Count}, line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.",
                false));
        }
    }

    public void ReadLines(ReadOnlySequence<byte> body)
    {
        var number = 0;
        while (!body.IsEmpty)
        {
            number++;
            var end = body.PositionOf((byte)'\n');
            var line = end is { } at ? body.Slice(0, at) : body;
            body = end is { } next ? body.Slice(body.GetPosition(1, next)) : default;
            if (IsBlank(line))
                continue;
            try
            {
                var json = UsageReader.Open(line);
                json.Read();
                Add(ref json, $"line {number}");
                if (json.Read())
                    Faults.Add(new BodyFault($"line {number}", "Nothing may follow the object.", false));
            }
            catch (JsonException e)
            {
                Faults.Add(new BodyFault(
                    $"line {number}", $"Not valid JSON at byte {e.BytePositionInLine + 1}.", false));
            }

            if (Faults.Count >= FaultsMax)
                return;
        }
    }

    /// <summary>A hopeless body need not be described to its end.</summary>
    private const int FaultsMax = 20;

    private void Add(ref Utf8JsonReader json, string where)
    {
        if (Items.Count >= DataPlaneBounds.BatchItemsMax)
        {
            if (Items.Count == DataPlaneBounds.BatchItemsMax && Faults.Count < FaultsMax)
            {
                Faults.Add(new BodyFault(
                    "", $"A batch may have at most {DataPlaneBounds.BatchItemsMax} items.", true));
            }

            json.Skip();
            return;
        }

        _reader.ReadItem(ref json, UsageFields.BatchItem);
        if (_reader.Key is null == (_reader.KeyId is null))
            _reader.Faults.Add(new BodyFault("key", "Either key or keyId is required, not both.", true));
        if (_reader.Faults.Any(f => !f.IsRule) && Faults.Count < FaultsMax)
        {
            Faults.AddRange(_reader.Faults.Where(f => !f.IsRule)
                .Select(f => f with { Field = f.Field.Length == 0 ? where : $"{where}.{f.Field}" }));
        }

        Items.Add(new BatchItem
        {
            Content = Copy(_reader.Content),
            Key = _reader.Key,
            KeyId = _reader.KeyId,
            Faults = _reader.Faults.Count == 0 ? null : [.. _reader.Faults],
        });
    }

    private static UsageContent Copy(UsageContent from)
    {
        var copy = new UsageContent
        {
            Id = from.Id,
            Model = from.Model,
            Member = from.Member,
            AtMs = from.AtMs,
            Record = from.Record,
            Memory = from.Memory,
        };
        copy.Quantities.AddRange(from.Quantities);
        return copy;
    }

    private static bool IsBlank(ReadOnlySequence<byte> line)
    {
        foreach (var part in line)
        {
            if (part.Span.ContainsAnyExcept(" \t\r"u8))
                return false;
        }

        return true;
    }
}
