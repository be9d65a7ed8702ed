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
using Sluice.Storage.Ledger;

namespace Sluice.Engine.Usage;

/// <summary>
/// The data plane's entry point to metering: turns caller input into events, rates them, and sends them through the
/// edge.
/// </summary>
public sealed class Meter(Edge edge, RateBook rates, UsageEventPool pool, ProcessClock clock, NpgsqlDataSource ledger)
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

    /// <summary>Submits many events; completes once each has its answer.</summary>
    public Task SubmitAsync(IReadOnlyList<UsageEvent> events)
    {
        var group = new UsageGroup(events);
        edge.Submit(events);
        return group.Done;
    }

    /// <summary>Checks whether an event would pass. Counts nothing.</summary>
    public ValueTask<UsageEvent> CheckAsync(UsageEvent usage)
    {
        usage.Mode = AdmissionMode.Check;
        usage.Memory = false;
        return SubmitAsync(usage);
    }

    /// <summary>Reserves an estimate.</summary>
    public ValueTask<UsageEvent> ReserveAsync(UsageEvent usage, int ttlSeconds)
    {
        usage.Memory = false;
        usage.Entry.ExpiresAtMs = clock.WallMs + (ttlSeconds * 1_000L);
        usage.ExpiresAtMs = usage.Entry.ExpiresAtMs;
        if (edge.CanReserve)
            return SubmitAsync(usage);
        usage.Answer(UsageVerdict.Overloaded);
        return usage.AnswerAsync();
    }

    /// <summary>
    /// Ends a reservation with usage. If its hold is gone (expired, or at another edge), the usage is still recorded,
    /// because it has happened. A model or member in the content replaces that of the reservation.
    /// </summary>
    /// <param name="holder">Who ends it.</param>
    /// <param name="content">The actual usage; its id is the reservation's.</param>
    /// <param name="ct">Cancels the lookup of the reservation.</param>
    /// <returns>
    /// Null if the amount is too large for one event. <see cref="UsageVerdict.KeyRevoked"/> for a holder whose secret
    /// worked means that its key has changed since: recognise the secret again, and repeat.
    /// </returns>
    public async ValueTask<UsageEvent?> CommitAsync(SecretHolder holder, UsageContent content, CancellationToken ct)
    {
        var caller = holder.Key;
        var reservationId = EventIds.OfReservation(caller.KeyId, content.Id!);
        var held = holder.SecretEnded ? null : edge.FindReservation(reservationId, caller.KeyId);
        var (opened, ended) = held is null ? await FindAsync(caller, content.Id!, ct) : default;
        if (held is null && opened is null)
            return NotFound(holder);
        if (!MayEnd(holder, opened, ended))
            return Answered(caller, UsageVerdict.KeyRevoked);
        if (content.Model.Length == 0)
            content.Model = held?.Model ?? opened!.Model;
        if (content.Member.Length == 0)
            content.Member = held?.Member ?? opened!.Member;
        content.Record = true;

        // Prices apply as of admission, which for a commit is that of its reservation.
        if (Make(caller, content, EntryKind.Commit, held?.AdmittedAtMs ?? opened!.AdmittedAtMs) is not { } usage)
            return null;
        usage.Entry.Id = EventIds.OfEnd(caller.KeyId, content.Id!);
        usage.Entry.Member = content.Member;
        usage.Entry.Fingerprint = usage.FingerprintWithTime = FingerprintOf(usage);
        usage.HasClientId = true;
        usage.OutlivesKey = holder.OutlivesKey;
        // What repeats an end counts nothing, so that the ledger may give it the answer of the first time.
        if (holder.SecretEnded && !ended && BeyondHold(usage, opened!) is { } beyond)
        {
            usage.BeyondHold = beyond;
            usage.Verdict = UsageVerdict.BeyondHold;
            return usage;
        }

        var answer = usage.AnswerAsync();
        if (!edge.TryCommit(usage, reservationId))
            edge.Submit(usage);
        return await answer;
    }

    /// <summary>Ends a reservation without usage.</summary>
    public async ValueTask<UsageEvent> ReleaseAsync(SecretHolder holder, string id, CancellationToken ct)
    {
        var caller = holder.Key;
        var reservationId = EventIds.OfReservation(caller.KeyId, id);
        if (holder.SecretEnded || edge.FindReservation(reservationId, caller.KeyId) is null)
        {
            var (opened, ended) = await FindAsync(caller, id, ct);
            if (opened is null)
                return NotFound(holder);
            if (!MayEnd(holder, opened, ended))
                return Answered(caller, UsageVerdict.KeyRevoked);
        }

        var usage = Make(caller, new UsageContent { Id = id }, EntryKind.Release)!;
        usage.Charge.Clear();
        usage.AmountUnits = usage.CreditsUnits = 0;
        usage.Entry.UnpricedMask = 0;
        usage.Entry.Id = EventIds.OfEnd(caller.KeyId, id);
        usage.HasClientId = true;
        var answer = usage.AnswerAsync();
        edge.SubmitRelease(usage, reservationId);
        return await answer;
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
            entry.Id = entry.Kind == EntryKind.Reserve
                ? EventIds.OfReservation(entry.KeyId, id)
                : EventIds.OfEvent(entry.KeyId, id);
            usage.HasClientId = true;
        }
        else
        {
            (entry.Id, entry.EventId) = entry.Kind == EntryKind.Reserve
                ? EventIds.NewReservation(entry.KeyId, entry.AdmittedAtMs)
                : EventIds.NewEvent(entry.KeyId, entry.AdmittedAtMs);
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

    /// <summary>Finds a reservation in the ledger, and whether its end is there too.</summary>
    private async Task<(FoundEntry? Opened, bool Ended)> FindAsync(CachedKey caller, string id, CancellationToken ct)
    {
        var (reservationId, endId) = (EventIds.OfReservation(caller.KeyId, id), EventIds.OfEnd(caller.KeyId, id));
        var found = await LedgerConnection.FindAsync(ledger, [reservationId, endId], clock.WallMs, ct);
        var opened = found.FirstOrDefault(
            f => f.Id == reservationId && f.Kind == EntryKind.Reserve && f.KeyId == caller.KeyId);
        return (opened, found.Any(f => f.Id == endId));
    }

    /// <summary>
    /// Checks whether a holder may end a reservation. A secret that no longer works may end what was begun while it
    /// worked, until the hold's end; and repeat an end at any time, because a repeat changes nothing.
    /// </summary>
    private bool MayEnd(SecretHolder holder, FoundEntry? opened, bool ended) =>
        !holder.SecretEnded
        || ((ended || clock.WallMs < opened!.ExpiresAtMs)
            && opened!.AdmittedAtMs - ClocksDifferMs < holder.EndedAtMs);

    /// <summary>Finds a metric of which a commit counts more than is held; null if there is none.</summary>
    private static Quantity? BeyondHold(UsageEvent usage, FoundEntry opened)
    {
        for (var line = 0; line < usage.Charge.Count; line++)
        {
            var metric = usage.Charge.MetricAt(line);
            var held = Array.IndexOf(opened.Metrics, metric.Value);
            var units = held < 0 ? 0 : opened.Units[held];
            if (usage.Charge.UnitsAt(line) > units)
                return new Quantity(metric, units);
        }

        return null;
    }

    /// <summary>A secret that no longer works does not learn which reservations there are.</summary>
    private UsageEvent NotFound(SecretHolder holder) => Answered(
        holder.Key, holder.SecretEnded ? UsageVerdict.KeyRevoked : UsageVerdict.NoSuchReservation);

    private UsageEvent Answered(CachedKey caller, UsageVerdict verdict)
    {
        var usage = pool.Rent();
        usage.Caller = caller;
        usage.Verdict = verdict;
        return usage;
    }
}
