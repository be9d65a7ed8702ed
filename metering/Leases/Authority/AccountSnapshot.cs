using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;

namespace Sluice.Metering.Leases.Authority;

/// <summary>One account as stored in PostgreSQL.</summary>
public readonly record struct AccountSnapshot(
    SessionId Session,
    CounterId Counter,
    long GrantedUnits,
    long ReturnedUnits,
    long UsedUnits,
    long ExtraUnits,
    bool Memory);
