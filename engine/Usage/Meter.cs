using Npgsql;
using Sluice.Engine.Edges;
using Sluice.Engine.Events;
using Sluice.Engine.Keys;
using Sluice.Engine.Rating;
using Sluice.Engine.Time;
using Sluice.Metering.Leases.Edge;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Prices;
using Sluice.Storage.Ledger.Entries;
using Sluice.Storage.Ledger.Holds;
using Sluice.Storage.Ledger.Ids;

namespace Sluice.Engine.Usage;

/// <summary>
/// The data plane's entry point to metering: turns caller input into events, rates them, and sends them through the
/// edge. This file has events and limits, <c>Meter.Reservations</c> the life of a reservation.
/// </summary>
public sealed partial class Meter(
    Edge edge, RateBook rates, UsageEventPool pool, ProcessClock clock, NpgsqlDataSource ledger)
{
    /// <summary>Maximum age of an event's timestamp in milliseconds: 35 days.</summary>
    public const long PastMs = 35 * 86_400_000L;

    /// <summary>Maximum milliseconds that an event's timestamp may lie in the future, because clocks differ.</summary>
    public const long FutureMs = 5 * 60_000;

    /// <summary>Maximum lifetime of a reservation, in seconds.</summary>
    public const int TtlMaxSeconds = 3_600;

    /// <summary>Default lifetime of a reservation, in seconds.</summary>
    public const int TtlDefaultSeconds = 300;

    /// <summary>How far the clocks of nodes may differ where a secret's end is compared with a reservation.</summary>
    private const long ClocksDifferMs = 5_000;

    /// <summary>Number of events up to which a batch does not wait for room.</summary>
    private const int RoomyMax = 1_000;

    private static readonly TimeSpan RoomWait = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan RoomLook = TimeSpan.FromMilliseconds(5);

    private readonly HoldStore _holds = new(ledger);

    public MetricCatalogue Metrics => rates.Current.Metrics;

    /// <summary>Checks whether an event may carry the timestamp sent by a caller.</summary>
    public bool IsAtAllowed(long atMs) => atMs >= clock.WallMs - PastMs && atMs <= clock.WallMs + FutureMs;

    /// <summary>
    /// Makes an event; null if its amount is too large for one event. Release it once its answer has been read.
    /// </summary>
    public UsageEvent? Make(CachedKey caller, UsageContent content, EntryKind kind) =>
        Make(caller, content, kind, clock.WallMs);

    private UsageEvent? Make(CachedKey caller, UsageContent content, EntryKind kind, long ratedAtMs)
    {
        var nowMs = clock.WallMs;
        var usage = pool.Rent();
        usage.Caller = caller;
        usage.Mode = content.Record ? AdmissionMode.Record : AdmissionMode.Consume;
        usage.Memory = content.Memory;
        var entry = usage.Entry;
        entry.Kind = kind;
        entry.TenantId = caller.TenantId;
        entry.ProjectId = caller.ProjectId;
        entry.SeatId = caller.SeatId;
        entry.KeyId = caller.KeyId;
        entry.Model = content.Model;
        entry.Member = content.Member.Length == 0 ? caller.Member : content.Member;
        entry.AdmittedAtMs = nowMs;
        entry.AtMs = content.AtMs ?? nowMs;
        if (!Rate(usage, content.Quantities, ratedAtMs))
        {
            usage.Release();
            return null;
        }

        Identify(usage, content);
        return usage;
    }

    /// <summary>Submits an event and returns it with its answer.</summary>
    public ValueTask<UsageEvent> SubmitAsync(UsageEvent usage)
    {
        var answer = usage.AnswerAsync();
        edge.Submit(usage);
        return answer;
    }

    /// <summary>
    /// Submits many events; completes once each has its answer. Waits for room in the queue of the ledger, but not for
    /// ever: what then finds none is refused.
    /// </summary>
    public async Task SubmitAsync(IReadOnlyList<UsageEvent> events)
    {
        if (events.Count > RoomyMax)
            await WaitForRoomAsync(events);
        var group = new UsageGroup(events);
        edge.Submit(events);
        await group.Done;
    }

    private async Task WaitForRoomAsync(IReadOnlyList<UsageEvent> events)
    {
        var counts = events.CountBy(static usage => usage.Entry.TenantId).ToList();
        var started = clock.Time.GetTimestamp();
        while (!counts.TrueForAll(c => edge.HasRoom(c.Key, c.Value)) && clock.Time.GetElapsedTime(started) < RoomWait)
            await Task.Delay(RoomLook, clock.Time);
    }

    /// <summary>Checks whether an event would pass. Counts nothing.</summary>
    public ValueTask<UsageEvent> CheckAsync(UsageEvent usage)
    {
        usage.Mode = AdmissionMode.Check;
        usage.Memory = false;
        return SubmitAsync(usage);
    }

    /// <summary>
    /// Reads the limits that apply to a key, with usage as this edge knows it; asks authorities if needed.
    /// </summary>
    public ValueTask<UsageEvent> ReadLimitsAsync(CachedKey caller)
    {
        var usage = pool.Rent();
        usage.Caller = caller;
        usage.Mode = AdmissionMode.Check;
        return SubmitAsync(usage);
    }

    /// <summary>Reads all limits of a key's scopes, warnings included, each with its state.</summary>
    public IReadOnlyList<(LimitReading Reading, UsageState State)> LimitsOf(CachedKey caller) => edge.LimitsOf(caller);

    private bool Rate(UsageEvent usage, List<Quantity> quantities, long ratedAtMs)
    {
        var charge = usage.Charge;
        Span<Quantity> rated = stackalloc Quantity[UsageContent.MetricsMax + 1];
        var count = 0;
        var countsItself = true;
        foreach (var quantity in quantities)
        {
            countsItself &= quantity.Metric != MetricId.Requests;
            rated[count++] = quantity;
            charge.Add(quantity.Metric, quantity.Units);
        }

        if (countsItself)
        {
            rated[count++] = new Quantity(MetricId.Requests, 1);
            charge.Add(MetricId.Requests, 1);
        }

        var prices = rates.Current.Prices.At(usage.Caller.Currency, ratedAtMs).For(usage.Entry.Model);
        var rating = prices.Rate(rated[..count]);
        if (rating.Outcome != RatingOutcome.Rated)
            return false;
        charge.Add(MetricId.Amount, rating.AmountMicros);
        charge.Add(MetricId.Credits, rating.CreditsMicros);
        usage.AmountUnits = rating.AmountMicros;
        usage.CreditsUnits = rating.CreditsMicros;
        usage.Entry.UnpricedMask = (int)(uint)rating.UnpricedMask;
        return true;
    }

    private static void Identify(UsageEvent usage, UsageContent content)
    {
        var entry = usage.Entry;
        if (content.Id is { } id)
        {
            entry.EventId = id;
            entry.Key = entry.Kind == EntryKind.Reserve
                ? EventIds.OfReservation(entry.KeyId, id)
                : EventIds.OfEvent(entry.KeyId, id);
            usage.HasClientId = true;
        }
        else
        {
            (entry.Key, entry.EventId) = entry.Kind == EntryKind.Reserve
                ? EventIds.NewReservation(entry.KeyId, entry.AdmittedAtMs)
                : EventIds.NewEvent(entry.AdmittedAtMs);
        }

        var body = FingerprintOf(usage);
        usage.FingerprintWithTime = WithTime(body, content.AtMs ?? 0);
        entry.Fingerprint = content.TimeIsStamped ? WithTime(body, 0) : usage.FingerprintWithTime;
    }

    private static long WithTime(long body, long atMs)
    {
        var print = new Fingerprint();
        print.Add(body);
        print.Add(atMs);
        return print.Value;
    }

    /// <summary>
    /// Digests the content sent by the caller, not its price: prices may have changed since the first time.
    /// </summary>
    private static long FingerprintOf(UsageEvent usage)
    {
        var print = new Fingerprint();
        print.Add(usage.Entry.KeyId);
        print.Add((long)usage.Entry.Kind);
        print.Add((long)usage.Mode);
        print.Add(usage.Entry.Model);
        print.Add(usage.Entry.Member);
        // A sum of digests does not depend on the order in which the metrics were given.
        var sum = 0L;
        for (var line = 0; line < usage.Charge.Count; line++)
        {
            var metric = usage.Charge.MetricAt(line);
            if (metric == MetricId.Amount || metric == MetricId.Credits)
                continue;
            var one = new Fingerprint();
            one.Add(metric.Value);
            one.Add(usage.Charge.UnitsAt(line));
            sum = unchecked(sum + one.Value);
        }

        print.Add(sum);
        return print.Value;
    }

    private UsageEvent Answered(CachedKey caller, UsageVerdict verdict, string id = "")
    {
        var usage = pool.Rent();
        usage.Caller = caller;
        usage.Entry.EventId = id;
        usage.Verdict = verdict;
        return usage;
    }
}
