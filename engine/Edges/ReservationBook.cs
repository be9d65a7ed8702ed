using Sluice.Engine.Metering;

namespace Sluice.Engine.Edges;

/// <summary>The holds of this edge, by id and by the order in which they expire. Under the edge's lock.</summary>
internal sealed class ReservationBook
{
    /// <summary>Reservations that one edge holds at a time; more are refused with 503.</summary>
    public const int Max = 1_000_000;

    private readonly Dictionary<Guid, Reservation> _byId = [];
    private readonly PriorityQueue<Reservation, long> _byExpiry = new();

    public int Count => _byId.Count;

    public bool Full => _byId.Count >= Max;

    public void Add(Reservation reservation)
    {
        if (_byId.TryAdd(reservation.Id, reservation))
            _byExpiry.Enqueue(reservation, reservation.ExpiresAtMs);
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
