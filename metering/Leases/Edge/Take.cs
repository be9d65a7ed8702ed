using System.Runtime.InteropServices;

namespace Sluice.Metering.Leases.Edge;

/// <summary>Units taken from one counter by one request.</summary>
[StructLayout(LayoutKind.Auto)]
public struct Take
{
    /// <summary>The counter of the period in which the request was admitted.</summary>
    public EdgeCounter Counter;

    /// <summary>Units taken under rights.</summary>
    public long RightsUnits;

    /// <summary>Units counted without rights: the counter had no limit, or the usage had already happened.</summary>
    public long ExtraUnits;
}
