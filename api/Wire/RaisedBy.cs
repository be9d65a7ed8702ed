using Sluice.Metering.Limits;

namespace Sluice.Api.Wire;

/// <summary>Names who sets a limit, and so who can raise it: <c>raisedBy</c> and <c>setBy</c>.</summary>
internal static class RaisedBy
{
    /// <returns>
    /// <c>operator</c>, <c>plan</c>, <c>tenant_administrator</c> or <c>key_manager</c>; limits of a project are its
    /// tenant's to set.
    /// </returns>
    public static string Of(LimitSource source) => source switch
    {
        LimitSource.Quota or LimitSource.Threshold => "operator",
        LimitSource.Plan => "plan",
        LimitSource.Key => "key_manager",
        _ => "tenant_administrator",
    };
}
