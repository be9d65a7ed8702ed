using Sluice.Api.Access;
using Sluice.Api.Management.Keys;
using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Storage.Control;
using Sluice.Storage.Keys;
using Sluice.Storage.Seats;

namespace Sluice.Api.Management.Boosts;

/// <summary>Who may set a limit may boost it, and nobody else.</summary>
internal sealed class BoostRights(IKeyStore keys, ISeatStore seats)
{
    /// <summary>Null where the caller may boost some limit of the scope.</summary>
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

    /// <summary>Null where the caller may boost limits of a source, of a scope that was looked at before.</summary>
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
        // The right to boost covers what an access token is limited to; what is left is a matter of the role.
        return (caller with { Scopes = null }).Has(needed)
            ? null
            : new Error.Forbidden(AccessRules.MissingText(needed));
    }
}
