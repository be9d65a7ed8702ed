namespace Sluice.Storage.Ledger.Blocks;

/// <summary>
/// The distinct values of a column, in the order of their first events, and the number of the value of each event.
/// Reused across blocks.
/// </summary>
internal sealed class BlockDictionary<T>(IEqualityComparer<T>? comparer = null)
    where T : notnull
{
    private readonly Dictionary<T, int> _numbers = new(comparer);
    private readonly List<T> _values = [];
    private readonly List<int> _indexes = [];

    public IReadOnlyList<T> Values => _values;

    public void Clear()
    {
        _numbers.Clear();
        _values.Clear();
        _indexes.Clear();
    }

    public void Add(T value)
    {
        // Most events have the value of the one before.
        if (_indexes.Count > 0 && _numbers.Comparer.Equals(_values[_indexes[^1]], value))
        {
            _indexes.Add(_indexes[^1]);
            return;
        }

        if (!_numbers.TryGetValue(value, out var number))
        {
            number = _values.Count;
            _numbers.Add(value, number);
            _values.Add(value);
        }

        _indexes.Add(number);
    }

    /// <summary>
    /// Writes the number of distinct values, each of them, and, if there are several, that of each event.
    /// </summary>
    public void WriteTo(BlockBytes bytes, Action<BlockBytes, T> write)
    {
        bytes.Varint((ulong)_values.Count);
        foreach (var value in _values)
            write(bytes, value);
        if (_values.Count == 1)
            return;
        foreach (var index in _indexes)
            bytes.Varint((ulong)index);
    }
}
