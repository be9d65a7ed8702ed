using System.Runtime.InteropServices;

namespace Sluice.Simulation.Storage;

/// <summary>A take as the outside world keeps it: a copy, because take lists are reused.</summary>
/// <param name="Counter">Where it counts.</param>
/// <param name="RightsUnits">Taken under rights.</param>
/// <param name="ExtraUnits">Counted without rights.</param>
/// <param name="Limited">The edge knew of a limit, so what is extra went beyond it knowingly.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BookedTake(CounterKey Counter, long RightsUnits, long ExtraUnits, bool Limited)
{
    public long Units => RightsUnits + ExtraUnits;
}
