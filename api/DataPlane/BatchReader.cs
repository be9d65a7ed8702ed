using System.Buffers;
using System.Text.Json;
using Sluice.Engine.Events;
using Sluice.Engine.Usage;

namespace Sluice.Api.DataPlane;

/// <summary>
/// Reads a batch. Unreadable JSON refuses the whole batch before anything is counted, and the problem names the line;
/// an item that is readable but breaks a rule is refused alone.
/// </summary>
internal sealed class BatchReader(Meter meter)
{
    /// <summary>The most faults that are reported; a hopeless body need not be described to its end.</summary>
    private const int FaultsMax = 20;

    private readonly UsageReader _reader = new(meter);

    public List<BatchItem> Items { get; } = [];

    /// <summary>Why the whole batch is refused; empty if it is not.</summary>
    public List<BodyFault> Faults { get; } = [];

    /// <summary>Names the items that have no id of their own, so that a repeat of the batch counts them once.</summary>
    public void NameItems(string batchKey)
    {
        for (var i = 0; i < Items.Count; i++)
            Items[i].Content.Id ??= UsageBody.IdOfItem(batchKey, i);
    }

    public void ReadArray(ReadOnlySequence<byte> body)
    {
        if (body.IsEmpty)
        {
            Fault("", "The body is empty; it must be a JSON array, or lines of JSON (NDJSON).");
            return;
        }

        var json = UsageReader.Open(body);
        try
        {
            if (!json.Read() || json.TokenType != JsonTokenType.StartArray)
            {
                Fault("", "The body must be a JSON array, or lines of JSON (NDJSON).");
                return;
            }

            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                if (!TryAdd(ref json, line: 0))
                    return;
            }

            if (json.Read())
                Fault("", "Nothing may follow the array.");
        }
        catch (Exception e) when (BrokenJson.Is(e))
        {
            Fault("", BrokenJson.Describe(e, $"item {Items.Count}, "));
        }
    }

    public void ReadLines(ReadOnlySequence<byte> body)
    {
        var number = 0;
        while (!body.IsEmpty && Faults.Count < FaultsMax)
        {
            number++;
            var end = body.PositionOf((byte)'\n');
            var line = end is { } at ? body.Slice(0, at) : body;
            body = end is { } next ? body.Slice(body.GetPosition(1, next)) : default;
            if (!IsBlank(line) && !TryReadLine(line, number))
                return;
        }
    }

    /// <summary>Reads one line; returns false if there is no point in reading on.</summary>
    private bool TryReadLine(ReadOnlySequence<byte> line, int number)
    {
        var json = UsageReader.Open(line);
        try
        {
            json.Read();
            if (!TryAdd(ref json, number))
                return false;
            if (json.Read())
                Fault($"line {number}", "Nothing may follow the object.");
        }
        catch (Exception e) when (BrokenJson.Is(e))
        {
            Fault($"line {number}", BrokenJson.Describe(e));
        }

        return true;
    }

    /// <summary>Adds the item at which the reader stands; returns false if the batch has too many items.</summary>
    private bool TryAdd(ref Utf8JsonReader json, int line)
    {
        if (Items.Count >= DataPlaneBounds.BatchItemsMax)
        {
            Faults.Add(new BodyFault("", $"A batch may have at most {DataPlaneBounds.BatchItemsMax} items.", true));
            return false;
        }

        _reader.ReadItem(ref json, UsageFields.BatchItem);
        if (_reader.Key is null == (_reader.KeyId is null))
            _reader.Faults.Add(new BodyFault("key", "Either key or keyId is required, not both.", true));
        foreach (var fault in _reader.Faults)
        {
            if (fault.IsRule || Faults.Count >= FaultsMax)
                continue;
            var where = line > 0 ? $"line {line}" : $"[{Items.Count}]";
            Faults.Add(fault with { Field = fault.Field.Length == 0 ? where : $"{where}.{fault.Field}" });
        }

        Items.Add(new BatchItem
        {
            Content = Copy(_reader.Content),
            Key = _reader.Key,
            KeyId = _reader.KeyId,
            Faults = _reader.Faults.Count == 0 ? null : [.. _reader.Faults],
        });
        return true;
    }

    private void Fault(string field, string message) => Faults.Add(new BodyFault(field, message, IsRule: false));

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
