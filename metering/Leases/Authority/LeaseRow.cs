using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;

namespace Sluice.Metering.Leases.Authority;

/// <summary>One lease to be written: cumulative, so writing it twice has the same effect as once.</summary>
public readonly record struct LeaseRow(
    SessionId Session,
    CounterId Counter,
    long GrantedUnits,
    long ReturnedUnits,
    bool Memory);
