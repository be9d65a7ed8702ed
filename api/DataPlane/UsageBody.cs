using System.Buffers;
using Sluice.Api.Actions;
using Sluice.Engine.Keys;
using Sluice.Engine.Metering;
using Sluice.Storage.Ledger;

namespace Sluice.Api.DataPlane;

/// <summary>The body that tells of one event: taken in, read, and made into what metering counts.</summary>
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

    /// <summary>The whole body; null after a refusal was sent because it is too large or of the wrong type.</summary>
    public static ValueTask<ReadOnlySequence<byte>?> TakeAsync(HttpContext http) =>
        DataPlaneHost.ReadBodyAsync(http, DataPlaneBounds.BodyMax, Types);

    /// <summary>
    /// Reads a body and lets go of it. The reader is this thread's, so it has to be used up before anything is awaited:
    /// who goes on elsewhere, later, might find another request in it.
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
    /// An <c>Idempotency-Key</c> is the event's id where the body has none: a repeat is known by either.
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

    /// <summary>The event that was read; null where there is none, and the reader's faults say why.</summary>
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
