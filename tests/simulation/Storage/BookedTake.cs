using System.Runtime.InteropServices;

namespace Sluice.Simulation.Storage;

/// <summary>A take as the outside world keeps it: a copy, because take lists are reused.</summary>
/// <param name="Counter">The counter that it counts in.</param>
/// <param name="RightsUnits">Taken under rights.</param>
/// <param name="ExtraUnits">Counted without rights.</param>
/// <param name="Limited">Whether the edge knew of a limit, so that the extra units went beyond it knowingly.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BookedTake(CounterKey Counter, long RightsUnits, long ExtraUnits, bool Limited)
{
    public long Units => RightsUnits + ExtraUnits;
}
