using System.Globalization;
using Sluice.Engine.Events;
using Sluice.Engine.Keys;
using Sluice.Engine.Usage;
using Sluice.Storage.Ledger.Entries;
using Sluice.Storage.Ledger.Ids;

namespace Sluice.Api.DataPlane;

/// <summary>Receives and reads the body of one event, and makes the event that is metered.</summary>
internal static class UsageBody
{
    public static readonly BodyFault TooLarge = new(
        "metrics", "At the prices in force the amount is too large for one event.", IsRule: true);

    /// <summary>The longest suffix that names an item of a batch: a dash and its index.</summary>
    private const int BatchSuffixMax = 5;

    private static readonly string[] Types = ["application/json"];

    [ThreadStatic]
    private static UsageReader? _readerOfThread;

    [ThreadStatic]
    private static Meter? _meterOfThread;

    /// <summary>
    /// Returns the whole body; null after a refusal was sent because it is too large or of the wrong type.
    /// </summary>
    public static ValueTask<ReceivedBody?> TakeAsync(HttpContext http) =>
        BodyReceiver.ReceiveAsync(http, DataPlaneBounds.BodyMax, Types);

    /// <summary>Reads a body with this thread's reader, and releases it.</summary>
    public static ReadBody Read(HttpContext http, Meter meter, ReceivedBody body, UsageFields allowed)
    {
        if (_meterOfThread != meter)
            (_meterOfThread, _readerOfThread) = (meter, new UsageReader(meter));
        var reader = _readerOfThread!;
        reader.Read(body.Bytes, allowed);
        body.Release(http);
        return new ReadBody(reader);
    }

    /// <summary>
    /// Takes an <c>Idempotency-Key</c> as the event's id if the body has none: either identifies a repeat.
    /// </summary>
    public static void TakeIdempotencyKey(HttpContext http, ReadBody read)
    {
        if (read.Content.Id is null)
            read.Content.Id = EventKeyOf(http, read.Faults);
    }

    /// <summary>Returns the <c>Idempotency-Key</c> of one event; null if there is none, or it is faulty.</summary>
    public static string? EventKeyOf(HttpContext http, List<BodyFault> faults) =>
        IdempotencyKeyOf(http, EventIds.MaxLength, faults);

    /// <summary>
    /// Returns the <c>Idempotency-Key</c> of a batch, which names items without an id after itself and their index;
    /// null if there is none, or it is faulty.
    /// </summary>
    public static string? BatchKeyOf(HttpContext http, List<BodyFault> faults) =>
        IdempotencyKeyOf(http, EventIds.MaxLength - BatchSuffixMax, faults);

    /// <summary>Returns the id of a batch's item that has none of its own.</summary>
    public static string IdOfItem(string batchKey, int index) => string.Create(
        CultureInfo.InvariantCulture, $"{batchKey}-{index}");

    private static string? IdempotencyKeyOf(HttpContext http, int lengthMax, List<BodyFault> faults)
    {
        if (!http.Request.Headers.TryGetValue(IdempotentRequest.Header, out var given))
            return null;
        // It becomes an id, so it follows the rule of ids.
        if (given is [{ Length: > 0 } key] && key.Length <= lengthMax && !key.Any(char.IsControl))
            return key;
        faults.Add(new BodyFault(
            IdempotentRequest.Header,
            $"Must be one value of 1 to {lengthMax} characters, none of control.",
            IsRule: true));
        return null;
    }

    /// <summary>
    /// Makes the event from what was read; null on a fault, which is then among the faults of the body.
    /// </summary>
    public static UsageEvent? Make(Meter meter, CachedKey key, ReadBody read, EntryKind kind)
    {
        if (read.Faults.Count > 0)
            return null;
        var usage = meter.Make(key, read.Content, kind);
        if (usage is null)
            read.Faults.Add(TooLarge);
        return usage;
    }
}
