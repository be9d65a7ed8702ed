namespace Sluice.Metering.Metrics;

/// <summary>The amounts of metrics that one request would count. Reused across requests.</summary>
public sealed class Charge
{
    /// <summary>Maximum metrics per request, including derived ones.</summary>
    public const int LinesMax = 16;

    private readonly MetricId[] _metrics = new MetricId[LinesMax];
    private readonly long[] _units = new long[LinesMax];

    public int Count { get; private set; }

    public MetricId MetricAt(int line) => _metrics[line];

    public long UnitsAt(int line) => _units[line];

    /// <summary>
    /// Gets the rights needed for a line to pass. A reached money limit refuses free requests too, so an amount of zero
    /// still needs one unit to be left.
    /// </summary>
    public long NeedAt(int line) =>
        _units[line] == 0 && _metrics[line].Value <= MetricId.Credits.Value ? 1 : _units[line];

    /// <summary>Gets the units of a metric; 0 if it has no line.</summary>
    public long UnitsOf(MetricId metric)
    {
        for (var line = 0; line < Count; line++)
        {
            if (_metrics[line] == metric)
                return _units[line];
        }

        return 0;
    }

    public void Clear() => Count = 0;

    /// <summary>Adds a line; each metric at most once, 0 units or more.</summary>
    public void Add(MetricId metric, long units)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(units);
        _metrics[Count] = metric;
        _units[Count] = units;
        Count++;
    }

    public void CopyTo(Charge other)
    {
        _metrics.AsSpan(0, Count).CopyTo(other._metrics);
        _units.AsSpan(0, Count).CopyTo(other._units);
        other.Count = Count;
    }
}
