using Sluice.Api.Management.Keys;
using Sluice.Metering.Limits;
using Sluice.Storage.Control.Keys;
using Sluice.Storage.Control.Seats;

namespace Sluice.Api.Management.Boosts;

/// <summary>Decides who may boost a limit: exactly those who may set it.</summary>
internal sealed class BoostRights(KeyStore keys, SeatStore seats)
{
    /// <summary>Returns why the caller may not boost any limit of the scope; null if they may boost some.</summary>
    public async Task<Error?> WhyNotAsync(Caller caller, long tenantId, ScopeId scope, CancellationToken ct)
    {
        switch (scope.Kind)
        {
            case ScopeKind.Key:
                var key = await keys.FindAsync(tenantId, scope.Value, ct);
                return caller.WhyNotManaged(key, Permission.SetKeyLimits);
            case ScopeKind.Seat:
                var seat = await seats.FindAsync(tenantId, scope.Value, ct);
                return seat is null || !(caller.SeesAll || seat.MemberId == caller.MemberId)
                    ? new Error.NotFound("seat")
                    : WhyNot(caller, LimitSource.Plan);
            case ScopeKind.Project when !caller.SeesAll && !caller.Projects.ContainsKey(scope.Value):
                return new Error.NotFound("project");
            case ScopeKind.Tenant when scope.Value != tenantId:
                return new Error.NotFound("tenant");
            default:
                return WhyNot(caller, LimitSource.Limit);
        }
    }

    /// <summary>
    /// Returns why the caller may not boost limits of a source, in a scope that was checked before; null if they may.
    /// </summary>
    public static Error? WhyNot(Caller caller, LimitSource source)
    {
        var needed = source switch
        {
            LimitSource.Quota => Permission.SetQuota,
            LimitSource.Threshold => Permission.SetAccountThresholds,
            LimitSource.Plan => Permission.SetPlans,
            LimitSource.Key => Permission.SetKeyLimits,
            _ => Permission.SetLimits,
        };
        // The permission to boost has covered the scopes of an access token; the rest depends on the role.
        return (caller with { Scopes = null }).Has(needed)
            ? null
            : new Error.Forbidden(AccessRules.MissingText(needed));
    }
}
