namespace Sluice.Metering.Leases.Edge;

/// <summary>
/// The takes of one request over all its scopes, kept so that they can be settled, held or refunded together. Grows
/// once to the size its requests need and is reused.
/// </summary>
public sealed class TakeList
{
    private Take[] _items = [];

    /// <summary>Limit version of each scope of the route at the moment of the take.</summary>
    internal readonly long[] Versions = new long[EdgeKey.ScopesMax];

    /// <summary>
    /// The hold that these takes end, while its end is being written; null for takes that end none. It stays held until
    /// then, so these takes contain units that are not in flight but held.
    /// </summary>
    internal TakeList? Ends { get; set; }

    public int Count { get; private set; }

    /// <summary>How many takes it has room for.</summary>
    public int Capacity => _items.Length;

    public ReadOnlySpan<Take> Items => _items.AsSpan(0, Count);

    internal Span<Take> Writable => _items.AsSpan(0, Count);

    /// <summary>Finds the take of a counter; null if there is none. A list has at most one for each counter.</summary>
    internal Take? Find(EdgeCounter counter)
    {
        foreach (ref readonly var take in Items)
        {
            if (take.Counter == counter)
                return take;
        }

        return null;
    }

    /// <summary>Copies the takes to another list, replacing its content.</summary>
    public void CopyTo(TakeList other)
    {
        other.Clear();
        foreach (ref readonly var take in Items)
            other.Add(take.Counter, take.RightsUnits, take.ExtraUnits);
        Versions.CopyTo(other.Versions, 0);
    }

    /// <summary>Clears the list.</summary>
    public void Reset() => Clear();

    internal void Clear()
    {
        Count = 0;
        Ends = null;
    }

    internal void Add(EdgeCounter counter, long rightsUnits, long extraUnits)
    {
        if (Count == _items.Length)
            Array.Resize(ref _items, Math.Clamp(_items.Length * 2, 16, LeaseBounds.TakesMax));
        ref var item = ref _items[Count];
        item.Counter = counter;
        item.RightsUnits = rightsUnits;
        item.ExtraUnits = extraUnits;
        Count++;
    }
}
