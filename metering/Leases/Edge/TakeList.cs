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

    public int Count { get; private set; }

    /// <summary>How many takes it has room for.</summary>
    public int Capacity => _items.Length;

    public ReadOnlySpan<Take> Items => _items.AsSpan(0, Count);

    internal Span<Take> Writable => _items.AsSpan(0, Count);

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

    internal void Clear() => Count = 0;

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
