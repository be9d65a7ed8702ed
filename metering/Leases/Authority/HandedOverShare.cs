using Sluice.Metering.Identity;

namespace Sluice.Metering.Leases.Authority;

/// <summary>An authority's record of the holds of one settled session in one counter.</summary>
internal sealed class HandedOverShare(SessionId session)
{
    public SessionId Session { get; } = session;

    /// <summary>How many holds are still open; only falls.</summary>
    public int Open { get; private set; } = int.MaxValue;

    /// <summary>Units of holds that are still open; only falls.</summary>
    public long Held { get; private set; } = long.MaxValue;

    /// <summary>Units counted by commits of these holds; only rises.</summary>
    public long Used { get; private set; }

    public void Merge(in HandedOverSnapshot row)
    {
        Open = Math.Min(Open, row.OpenHolds);
        Held = Math.Min(Held, row.HeldUnits);
        Used = Math.Max(Used, row.UsedUnits);
    }
}
