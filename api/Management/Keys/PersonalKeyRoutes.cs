using Sluice.Api.Access;
using Sluice.Api.Actions;

namespace Sluice.Api.Management.Keys;

/// <summary>The two addresses of the caller's own key: under its tenant, and under itself.</summary>
internal static class PersonalKeyRoutes
{
    public const string OfTenant = "/api/v1/tenants/{t}/me/personal-key";

    public const string OfCaller = "/api/v1/me/personal-key";

    public static void Both(string tail, Func<string, RouteHandlerBuilder> map, string name, string summary)
    {
        map(OfTenant + tail).Needs(Permission.OwnPersonalKey).Describe(name, summary);
        map(OfCaller + tail).Needs(Permission.OwnPersonalKey).Describe($"{name}OfCaller", summary);
    }
}
