using Sluice.Engine.Events;
using Sluice.Engine.Keys;

namespace Sluice.Engine.Edges;

/// <summary>The reservations of this edge, by id and by expiry. Requires the edge's lock.</summary>
internal sealed class ReservationBook
{
    /// <summary>Minimum number of queued expiries before those of ended reservations are purged.</summary>
    private const int EndedMin = 1_024;

    /// <summary>How long an expired reservation that is still here is left alone, in milliseconds.</summary>
    private const long AgainMs = 1_000;

    private readonly Dictionary<Guid, Reservation> _byId = [];
    private readonly Dictionary<long, int> _ofKeys = [];
    private readonly Dictionary<long, int> _ofTenants = [];
    private readonly PriorityQueue<Reservation, long> _byExpiry = new();
    private readonly SortedDictionary<long, int> _ofBatches = [];

    public int Count => _byId.Count;

    /// <summary>The number of queued expiries, including those of reservations that have ended.</summary>
    public int Expiries => _byExpiry.Count;

    /// <summary>The first batch that made a reservation which is still here; null if there is none.</summary>
    public long? FirstBatch => _ofBatches.Count == 0 ? null : _ofBatches.First().Key;

    public bool Full => _byId.Count >= ReservationBounds.Max;

    /// <summary>Whether a key, or its tenant, holds as much here as one may.</summary>
    public bool IsFullFor(CachedKey key) =>
        _ofKeys.GetValueOrDefault(key.KeyId) >= ReservationBounds.KeyMax
        || _ofTenants.GetValueOrDefault(key.TenantId) >= ReservationBounds.TenantMax;

    public void Add(Reservation reservation)
    {
        if (!_byId.TryAdd(reservation.Id, reservation))
            return;
        CountIn(reservation, 1);
        _byExpiry.Enqueue(reservation, reservation.ExpiresAtMs);

        // Most reservations end long before they expire. Purging them together, once they make up half of the queue,
        // costs constant time per reservation.
        if (_byExpiry.Count <= EndedMin + (2 * _byId.Count))
            return;
        _byExpiry.Clear();
        _byExpiry.EnqueueRange(_byId.Values.Select(static r => (r, r.ExpiresAtMs)));
    }

    /// <summary>Finds a reservation that is held here by this key and is not ending already; null otherwise.</summary>
    public Reservation? Find(Guid id, long keyId) =>
        Find(id) is { } found && found.Key.KeyId == keyId ? found : null;

    /// <summary>Finds a reservation that is held here and is not ending already; null otherwise.</summary>
    public Reservation? Find(Guid id) => _byId.TryGetValue(id, out var found) && !found.Ending ? found : null;

    public void Remove(Reservation reservation)
    {
        if (_byId.Remove(reservation.Id, out var removed))
            CountIn(removed, -1);
    }

    /// <summary>
    /// Returns reservations that have expired; each stays here until its end is written. One that is still here a
    /// moment later is returned again.
    /// </summary>
    public List<Reservation> Expired(long nowMs, int max)
    {
        var expired = new List<Reservation>();
        while (expired.Count < max && _byExpiry.TryPeek(out var reservation, out var queuedForMs)
            && queuedForMs <= nowMs)
        {
            _byExpiry.Dequeue();
            if (!_byId.TryGetValue(reservation.Id, out var held) || held != reservation)
                continue;
            // It was prolonged, or its end is being written, which may fail.
            _byExpiry.Enqueue(held, Math.Max(held.ExpiresAtMs, nowMs + AgainMs));
            if (held is { Ending: false, Prolonging: 0 } && held.ExpiresAtMs <= nowMs)
                expired.Add(held);
        }

        return expired;
    }

    /// <summary>Moves the expiry of a reservation, by its next prolongation in the ledger.</summary>
    public static void Prolong(Reservation reservation, long expiresAtMs)
    {
        reservation.Prolongations++;
        reservation.ExpiresAtMs = Math.Max(reservation.ExpiresAtMs, expiresAtMs);
    }

    private void CountIn(Reservation reservation, int change)
    {
        CountIn(_ofKeys, reservation.Key.KeyId, change);
        CountIn(_ofTenants, reservation.Key.TenantId, change);
        CountIn(_ofBatches, reservation.Batch, change);
    }

    private static void CountIn(IDictionary<long, int> counts, long id, int change)
    {
        var count = (counts.TryGetValue(id, out var before) ? before : 0) + change;
        if (count == 0)
            counts.Remove(id);
        else
            counts[id] = count;
    }
}
