using Npgsql;
using Sluice.Engine.Events;
using Sluice.Engine.Keys;
using Sluice.Metering.Metrics;
using Sluice.Storage.Ledger;
using Sluice.Storage.Ledger.Entries;
using Sluice.Storage.Ledger.Ids;

namespace Sluice.Engine.Usage;

public sealed partial class Meter
{
    /// <summary>
    /// Maximum times that a reservation is prolonged, so that one can't be kept for ever: a day, an hour at a time.
    /// </summary>
    public const int ProlongationsMax = 24;

    private const int ProlongAttemptsMax = 5;

    /// <summary>
    /// How often a hold is looked up again that moves, from its edge to a row and from there to its end, or whose
    /// session is being settled: for two and a half seconds.
    /// </summary>
    private const int FollowMax = 7;

    /// <summary>How long a hold that has moved is left alone at first, in milliseconds.</summary>
    private const int FollowAfterMs = 20;

    /// <summary>Expiries that differ by less count as the same, in milliseconds.</summary>
    private const long SameTimeMs = 1_000;

    /// <summary>Reserves an estimate.</summary>
    public ValueTask<UsageEvent> ReserveAsync(UsageEvent usage, int ttlSeconds)
    {
        usage.Memory = false;
        usage.Entry.ExpiresAtMs = clock.WallMs + (ttlSeconds * 1_000L);
        usage.ExpiresAtMs = usage.Entry.ExpiresAtMs;
        var refusal = edge.RoomFor(usage.Caller);
        if (refusal == UsageVerdict.Undecided)
            return SubmitAsync(usage);
        usage.Answer(refusal);
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
        content.Record = true;
        for (var attempt = 0; ; attempt++)
        {
            var usage = await TryCommitAsync(holder, content, ct);
            if (usage is not { Verdict: UsageVerdict.HoldMoved })
                return usage;
            usage.Release();
            if (!await FollowAsync(attempt, ct))
                return Answered(holder.Key, UsageVerdict.Unavailable, content.Id!);
        }
    }

    private async ValueTask<UsageEvent?> TryCommitAsync(
        SecretHolder holder, UsageContent content, CancellationToken ct)
    {
        var caller = holder.Key;
        var reservationId = EventIds.OfReservation(caller.KeyId, content.Id!).Id;
        var held = holder.SecretEnded ? null : edge.FindReservation(reservationId, caller.KeyId);
        var found = held is null ? await FindAsync(caller, content.Id!, ct) : null;
        if (held is null && found is null)
            return NotFound(holder);
        if (!MayEnd(holder, found))
            return Answered(caller, UsageVerdict.KeyRevoked);
        if (content.Model.Length == 0)
            content.Model = held?.Model ?? found!.Opened.Model;
        if (content.Member.Length == 0)
            content.Member = held?.Member ?? found!.Opened.Member;

        // Prices apply as of admission, which for a commit is that of its reservation.
        if (Make(caller, content, EntryKind.Commit, held?.AdmittedAtMs ?? found!.Opened.AdmittedAtMs) is not { } usage)
            return null;
        usage.Entry.Key = EventIds.OfEnd(caller.KeyId, content.Id!);
        usage.Entry.Member = content.Member;
        usage.Entry.Fingerprint = usage.FingerprintWithTime = FingerprintOf(usage);
        usage.Entry.Elsewhere = found?.Elsewhere;
        usage.HandedOver = found?.Hold;
        usage.HasClientId = true;
        usage.OutlivesKey = holder.OutlivesKey;
        // What repeats an end counts nothing, so that the ledger may give it the answer of the first time.
        if (holder.SecretEnded && found!.End is null && BeyondHold(usage, found.Opened) is { } beyond)
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
        for (var attempt = 0; ; attempt++)
        {
            var usage = await TryReleaseAsync(holder, id, ct);
            if (usage.Verdict != UsageVerdict.HoldMoved)
                return usage;
            usage.Release();
            if (!await FollowAsync(attempt, ct))
                return Answered(holder.Key, UsageVerdict.Unavailable, id);
        }
    }

    private async ValueTask<UsageEvent> TryReleaseAsync(SecretHolder holder, string id, CancellationToken ct)
    {
        var caller = holder.Key;
        var reservationId = EventIds.OfReservation(caller.KeyId, id).Id;
        FoundReservation? found = null;
        if (holder.SecretEnded || edge.FindReservation(reservationId, caller.KeyId) is null)
        {
            found = await FindAsync(caller, id, ct);
            if (found is null)
                return NotFound(holder);
            if (!MayEnd(holder, found))
                return Answered(caller, UsageVerdict.KeyRevoked);
        }

        var usage = Make(caller, new UsageContent { Id = id }, EntryKind.Release)!;
        usage.Charge.Clear();
        usage.AmountUnits = usage.CreditsUnits = 0;
        usage.Entry.UnpricedMask = 0;
        usage.Entry.Key = EventIds.OfEnd(caller.KeyId, id);
        usage.Entry.Elsewhere = found?.Elsewhere is { } elsewhere
            ? elsewhere with { Uses = found.Hold?.Released() ?? [] }
            : null;
        usage.HasClientId = true;
        var answer = usage.AnswerAsync();
        edge.SubmitRelease(usage, reservationId);
        return await answer;
    }

    /// <summary>
    /// Waits before a hold that has moved is looked up again; returns false if that has been often enough.
    /// </summary>
    private async ValueTask<bool> FollowAsync(int attempt, CancellationToken ct)
    {
        if (attempt >= FollowMax)
            return false;
        // A settlement takes as long as it takes to read what its session has written last.
        await Task.Delay(TimeSpan.FromMilliseconds(FollowAfterMs << attempt), clock.Time, ct);
        return true;
    }

    /// <summary>Reads a reservation as the ledger has it; null if the key has none with that id.</summary>
    /// <exception cref="NpgsqlException">The store can't be reached.</exception>
    public async Task<ReservationReading?> ReadReservationAsync(CachedKey caller, string id, CancellationToken ct) =>
        await FindAsync(caller, id, ct) is { } found ? new ReservationReading(found, clock.WallMs) : null;

    /// <summary>
    /// Prolongs an open reservation: it expires <paramref name="ttlSeconds"/> from now, or when it would anyway if that
    /// is later.
    /// </summary>
    /// <returns>
    /// <see cref="UsageVerdict.Allowed"/> once it is in the ledger. The edge that has the hold keeps it from then on,
    /// be it another node's: before it lets a hold go, it looks into the ledger.
    /// </returns>
    public async Task<UsageEvent> ProlongAsync(CachedKey caller, string id, int ttlSeconds, CancellationToken ct)
    {
        var expiresAtMs = clock.WallMs + (ttlSeconds * 1_000L);
        for (var attempt = 0; attempt < ProlongAttemptsMax; attempt++)
        {
            if (await FindAsync(caller, id, ct) is not { } found)
                return Answered(caller, UsageVerdict.NoSuchReservation);
            var reading = new ReservationReading(found, clock.WallMs);
            if (reading.State != ReservationState.Open)
                return Answered(caller, VerdictOf(reading.State), id);
            // Those who ask at the same time ask for about the same.
            if (expiresAtMs <= found.ExpiresAtMs + SameTimeMs)
                return Answered(caller, UsageVerdict.Allowed, id);
            if (found.Prolongations.Count >= ProlongationsMax)
                return Answered(caller, UsageVerdict.ProlongedTooOften, id);

            var usage = await WriteAsync(found);
            // Another caller was faster and has taken this number, or the hold has moved.
            if (usage.Verdict is not (UsageVerdict.IdConflict or UsageVerdict.HoldMoved))
                return usage;
            usage.Release();
            await FollowAsync(attempt, ct);
        }

        return Answered(caller, UsageVerdict.Overloaded, id);

        ValueTask<UsageEvent> WriteAsync(FoundReservation found)
        {
            var usage = Make(caller, new UsageContent { Id = id }, EntryKind.Prolong)!;
            usage.Charge.Clear();
            usage.AmountUnits = usage.CreditsUnits = 0;
            usage.Entry.UnpricedMask = 0;
            usage.Entry.Key = EventIds.OfProlongation(
                EventIds.OfReservation(caller.KeyId, id), found.Prolongations.Count + 1);
            usage.Entry.ExpiresAtMs = usage.Entry.Fingerprint = usage.FingerprintWithTime = expiresAtMs;
            usage.Entry.Elsewhere = found.Elsewhere;
            var answer = usage.AnswerAsync();
            edge.SubmitProlongation(usage, found.ExpiresAtMs);
            return answer;
        }
    }

    private static UsageVerdict VerdictOf(ReservationState ended) => ended switch
    {
        ReservationState.Committed => UsageVerdict.AlreadyCommitted,
        ReservationState.Released => UsageVerdict.AlreadyReleased,
        _ => UsageVerdict.Expired,
    };

    /// <summary>Finds what the ledger has of a reservation; null if this key has none with that id.</summary>
    private async Task<FoundReservation?> FindAsync(CachedKey caller, string id, CancellationToken ct)
    {
        var (reservation, end) = (EventIds.OfReservation(caller.KeyId, id), EventIds.OfEnd(caller.KeyId, id));
        var prolongations = Enumerable.Range(1, ProlongationsMax)
            .Select(number => EventIds.OfProlongation(reservation, number)).ToDictionary(static key => key.Id);
        var found = await LedgerConnection.FindAsync(
            ledger, [reservation, end, .. prolongations.Values], clock.WallMs, ct);
        var opened = found.FirstOrDefault(
            f => f.Id == reservation.Id && f.Kind == EntryKind.Reserve && f.KeyId == caller.KeyId);
        if (opened is null)
            return null;
        var ended = found.FirstOrDefault(f => f.Id == end.Id && f.Kind is EntryKind.Commit or EntryKind.Release);
        return new FoundReservation(
            opened, ended, [.. found.Where(f => f.Kind == EntryKind.Prolong && prolongations.ContainsKey(f.Id))])
        {
            // Its rows are read after the ledger: what is not here has not been handed over, or has ended.
            Hold = ended is null ? await _holds.FindAsync(reservation.Id, ct) : null,
        };
    }

    /// <summary>
    /// Checks whether a holder may end a reservation. A secret that no longer works may end what was begun while it
    /// worked, until the hold's end; and repeat an end at any time, because a repeat changes nothing.
    /// </summary>
    private bool MayEnd(SecretHolder holder, FoundReservation? found) =>
        !holder.SecretEnded
        || ((found!.End is not null || clock.WallMs < found.ExpiresAtMs)
            && found.Opened.AdmittedAtMs - ClocksDifferMs < holder.EndedAtMs);

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
}
