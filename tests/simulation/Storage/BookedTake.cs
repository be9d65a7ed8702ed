using System.Runtime.InteropServices;

namespace Sluice.Simulation.Storage;

/// <summary>A take as the outside world keeps it: a copy, because take lists are reused.</summary>
/// <param name="Counter">Where it counts.</param>
/// <param name="RightsUnits">Taken under rights.</param>
/// <param name="ExtraUnits">Counted without rights.</param>
/// <param name="Limited">The edge knew the counter as limited, so what is extra went beyond the limit knowingly.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BookedTake(CounterKey Counter, long RightsUnits, long ExtraUnits, bool Limited)
{
    public long Units => RightsUnits + ExtraUnits;
}
