using Sluice.Metering.Metrics;

namespace Sluice.Metering.Leases.Messages;

/// <summary>An authority's answer on one counter.</summary>
/// <param name="Counter">The counter.</param>
/// <param name="GrantedUnits">G: all rights ever granted to this session, on disk.</param>
/// <param name="UsedUnits">U of this session as known here; an attaching edge continues from there.</param>
/// <param name="ExtraUnits">X of this session as known here; an attaching edge continues from there.</param>
/// <param name="ReturnedUnits">R of this session as known here; an attaching edge continues from there.</param>
/// <param name="LimitUnits">The blocking limit in force; null if nothing blocks.</param>
/// <param name="OthersUsedUnits">Usage of all other sessions, live and settled.</param>
/// <param name="OthersHeldUnits">Holds of other sessions, and rights lost with edges that crashed.</param>
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
