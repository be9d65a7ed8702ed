using Sluice.Engine.Events;


namespace Sluice.Engine.Edges;

/// <summary>The reservations of this edge, by id and by expiry. Requires the edge's lock.</summary>
internal sealed class ReservationBook
{
    /// <summary>Maximum reservations held by one edge at a time; more are refused with 503.</summary>
    public const int Max = 1_000_000;

    /// <summary>Minimum number of queued expiries before those of ended reservations are purged.</summary>
    private const int EndedMin = 1_024;

    /// <summary>How long an expired reservation that is still here is left alone, in milliseconds.</summary>
    private const long AgainMs = 1_000;

    private readonly Dictionary<Guid, Reservation> _byId = [];
    private readonly PriorityQueue<Reservation, long> _byExpiry = new();

    public int Count => _byId.Count;

    /// <summary>The number of queued expiries, including those of reservations that have ended.</summary>
    public int Expiries => _byExpiry.Count;

    public bool Full => _byId.Count >= Max;

    public void Add(Reservation reservation)
    {
        if (!_byId.TryAdd(reservation.Id, reservation))
            return;
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
        _byId.TryGetValue(id, out var found) && found.Key.KeyId == keyId && !found.Ending ? found : null;

    public void Remove(Reservation reservation) => _byId.Remove(reservation.Id);

    /// <summary>
    /// Returns reservations that have expired and stay here until <see cref="TryExpire"/>. One that is still here a
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

    /// <summary>Removes a reservation if it has expired and is not ending otherwise.</summary>
    public bool TryExpire(Reservation reservation, long nowMs) =>
        reservation is { Ending: false, Prolonging: 0 } && reservation.ExpiresAtMs <= nowMs
        && ((ICollection<KeyValuePair<Guid, Reservation>>)_byId).Remove(new(reservation.Id, reservation));

    /// <summary>Moves the expiry of a reservation, by its next prolongation in the ledger.</summary>
    public static void Prolong(Reservation reservation, long expiresAtMs)
    {
        reservation.Prolongations++;
        reservation.ExpiresAtMs = Math.Max(reservation.ExpiresAtMs, expiresAtMs);
    }
}
