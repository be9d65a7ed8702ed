using Sluice.Engine.Metering;

namespace Sluice.Engine.Edges;

/// <summary>The holds of this edge, by id and by the order in which they expire. Under the edge's lock.</summary>
internal sealed class ReservationBook
{
    /// <summary>Reservations that one edge holds at a time; more are refused with 503.</summary>
    public const int Max = 1_000_000;

    /// <summary>Expiries of reservations that ended are cleared away once there are more than this of them.</summary>
    private const int EndedMin = 1_024;

    private readonly Dictionary<Guid, Reservation> _byId = [];
    private readonly PriorityQueue<Reservation, long> _byExpiry = new();

    public int Count => _byId.Count;

    /// <summary>Expiries kept, those of reservations that have ended included.</summary>
    public int Expiries => _byExpiry.Count;

    public bool Full => _byId.Count >= Max;

    public void Add(Reservation reservation)
    {
        if (!_byId.TryAdd(reservation.Id, reservation))
            return;
        _byExpiry.Enqueue(reservation, reservation.ExpiresAtMs);

        // Most reservations end long before they expire. Dropping them all at once, when half of the queue is of that
        // kind, costs each a constant time.
        if (_byExpiry.Count <= EndedMin + (2 * _byId.Count))
            return;
        _byExpiry.Clear();
        _byExpiry.EnqueueRange(_byId.Values.Select(static r => (r, r.ExpiresAtMs)));
    }

    /// <summary>The reservation, if it is held here by this key and is not ending already.</summary>
    public Reservation? Find(Guid id, long keyId) =>
        _byId.TryGetValue(id, out var found) && found.Key.KeyId == keyId && !found.Ending ? found : null;

    public void Remove(Reservation reservation) => _byId.Remove(reservation.Id);

    /// <summary>A hold that has expired, if there is one; it is no longer in the book.</summary>
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

            // Its end is being written; if that fails it expires a moment later.
            _byExpiry.Enqueue(reservation, nowMs + 1_000);
        }

        return null;
    }
}
