using Sluice.Metering.Metrics;

namespace Sluice.Storage.Ledger.Blocks;

/// <summary>The metrics of an event in the order of its lines: a byte each, the first in the lowest one.</summary>
/// <param name="Packed">The metrics.</param>
/// <param name="Count">How many there are, 0 to <see cref="Charge.LinesMax"/>.</param>
internal readonly record struct MetricList(UInt128 Packed, int Count)
{
    private const int BitsOfMetric = 8;

    public MetricId this[int line] => new(unchecked((byte)(Packed >> (line * BitsOfMetric))));

    public static MetricList Of(Charge charge)
    {
        UInt128 packed = 0;
        for (var line = 0; line < charge.Count; line++)
            packed |= (UInt128)(byte)charge.MetricAt(line).Value << (line * BitsOfMetric);
        return new MetricList(packed, charge.Count);
    }

    public MetricList With(byte metric) => new(Packed | (UInt128)metric << (Count * BitsOfMetric), Count + 1);
}
