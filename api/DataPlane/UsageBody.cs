using System.Buffers;
using Sluice.Api.Actions;
using Sluice.Engine.Events;
using Sluice.Engine.Keys;
using Sluice.Engine.Usage;
using Sluice.Storage.Ledger;

namespace Sluice.Api.DataPlane;

/// <summary>Receives and reads the body of one event, and makes the event that is metered.</summary>
internal static class UsageBody
{
    public static readonly BodyFault TooLarge = new(
        "metrics", "At the prices in force the amount is too large for one event.", IsRule: true);

    private static readonly string KeyRule = $"Must be one value of 1 to {EventIds.MaxLength} characters.";

    private static readonly string[] Types = ["application/json"];

    [ThreadStatic]
    private static UsageReader? _readerOfThread;

    [ThreadStatic]
    private static Meter? _meterOfThread;

    /// <summary>
    /// Returns the whole body; null after a refusal was sent because it is too large or of the wrong type.
    /// </summary>
    public static ValueTask<ReadOnlySequence<byte>?> TakeAsync(HttpContext http) =>
        DataPlaneHost.ReadBodyAsync(http, DataPlaneBounds.BodyMax, Types);

    /// <summary>
    /// Reads a body and releases it. The reader belongs to this thread, so its result must be used before anything is
    /// awaited: after that, code on another thread might find another request in it.
    /// </summary>
    public static UsageReader Read(HttpContext http, Meter meter, ReadOnlySequence<byte> body, UsageFields allowed)
    {
        if (_meterOfThread != meter)
            (_meterOfThread, _readerOfThread) = (meter, new UsageReader(meter));
        var reader = _readerOfThread!;
        reader.Read(body, allowed);
        DataPlaneHost.Done(http, body);
        return reader;
    }

    /// <summary>
    /// Takes an <c>Idempotency-Key</c> as the event's id if the body has none: either identifies a repeat.
    /// </summary>
    public static void TakeIdempotencyKey(HttpContext http, UsageReader reader)
    {
        if (reader.Content.Id is not null || !http.Request.Headers.TryGetValue(IdempotentRequest.Header, out var given))
            return;
        if (given is [{ Length: > 0 and <= EventIds.MaxLength } key])
            reader.Content.Id = key;
        else
            reader.Faults.Add(new BodyFault(IdempotentRequest.Header, KeyRule, IsRule: true));
    }

    /// <summary>Makes the event from what was read; null on a fault, which is then among the reader's faults.</summary>
    public static UsageEvent? Make(Meter meter, CachedKey key, UsageReader reader, EntryKind kind)
    {
        if (reader.Faults.Count > 0)
            return null;
        var usage = meter.Make(key, reader.Content, kind);
        if (usage is null)
            reader.Faults.Add(TooLarge);
        return usage;
    }
}
