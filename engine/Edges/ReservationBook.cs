using Sluice.Engine.Events;


namespace Sluice.Engine.Edges;

/// <summary>The reservations of this edge, by id and by expiry. Requires the edge's lock.</summary>
internal sealed class ReservationBook
{
    /// <summary>Maximum reservations held by one edge at a time; more are refused with 503.</summary>
    public const int Max = 1_000_000;

    /// <summary>Minimum number of queued expiries before those of ended reservations are purged.</summary>
    private const int EndedMin = 1_024;

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

    /// <summary>Removes and returns a reservation that has expired; null if there is none.</summary>
    public Reservation? TakeExpired(long nowMs)
    {
        while (_byExpiry.TryPeek(out var reservation, out var expiresAtMs) && expiresAtMs <= nowMs)
        {
            _byExpiry.Dequeue();
            if (!_byId.TryGetValue(reservation.Id, out var held) || held != reservation)
                continue;
            if (!reservation.Ending)
            {
                _byId.Remove(reservation.Id);
                return reservation;
            }

            // Its end is being written; if that fails, it expires a moment later.
            _byExpiry.Enqueue(reservation, nowMs + 1_000);
        }

        return null;
    }
}
