using System.Runtime.InteropServices;
using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;

namespace Sluice.Metering.Leases.Holds;

/// <summary>The amount that one open reservation holds in one counter.</summary>
/// <param name="Scope">The owner of the counter.</param>
/// <param name="Counter">The counter, of the period in which the reservation was admitted.</param>
/// <param name="RightsUnits">Units held under rights of the session that admitted it, 0 or more.</param>
/// <param name="ExtraUnits">Units held without rights, because the counter had no limit then; 0 or more.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct HoldLine(ScopeId Scope, CounterId Counter, long RightsUnits, long ExtraUnits)
{
    /// <summary>All units held, with rights and without.</summary>
    public long Units => RightsUnits + ExtraUnits;

    /// <summary>
    /// Splits the usage that ends a hold: as much as possible is taken from the held rights, then from what is held
    /// without rights; the remainder is beyond the hold.
    /// </summary>
    /// <param name="heldRights">Units held under rights.</param>
    /// <param name="heldExtra">Units held without rights.</param>
    /// <param name="usedUnits">The actual usage, 0 or more.</param>
    public static (long Rights, long Extra, long Beyond) Split(long heldRights, long heldExtra, long usedUnits)
    {
        var rights = Math.Min(usedUnits, heldRights);
        var extra = Math.Min(usedUnits - rights, heldExtra);
        return (rights, extra, usedUnits - rights - extra);
    }
}
