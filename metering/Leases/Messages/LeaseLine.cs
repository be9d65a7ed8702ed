using Sluice.Metering.Metrics;

namespace Sluice.Metering.Leases.Messages;

/// <summary>What an authority says of one counter.</summary>
/// <param name="Counter">Which counter.</param>
/// <param name="GrantedUnits">G: all rights ever granted to this session, on disk.</param>
/// <param name="UsedUnits">U of this session as known here; an edge that attaches goes on from there.</param>
/// <param name="ExtraUnits">X of this session, likewise.</param>
/// <param name="ReturnedUnits">R of this session, likewise.</param>
/// <param name="LimitUnits">The blocked limit in force, null where nothing blocks.</param>
/// <param name="OthersUsedUnits">Usage of all other sessions, living and settled.</param>
/// <param name="OthersHeldUnits">Holds of other sessions, and rights lost with edges that died.</param>
/// <param name="Memory">Requests may be answered from memory on these rights.</param>
/// <param name="Verdict">Whether the need was met.</param>
public readonly record struct LeaseLine(
    CounterId Counter,
    long GrantedUnits,
    long UsedUnits,
    long ExtraUnits,
    long ReturnedUnits,
    long? LimitUnits,
    long OthersUsedUnits,
    long OthersHeldUnits,
    bool Memory,
    LeaseVerdict Verdict);
