using Sluice.Storage.Members;

namespace Sluice.Api.Access;

/// <summary>Reads the permission table for one caller and one request.</summary>
internal static class AccessRules
{
    /// <summary>The header that proves that a request with a cookie was sent by our own page.</summary>
    public const string CsrfHeader = "X-Sluice-CSRF";

    /// <param name="caller">Who asks.</param>
    /// <param name="permission">What for.</param>
    /// <param name="tenantId">
    /// The tenant that the request names; 0 for an id that is none; null where it names none.
    /// </param>
    /// <param name="projectId">The project, likewise.</param>
    public static AccessDecision Decide(Caller caller, Permission permission, long? tenantId, long? projectId)
    {
        var grant = PermissionTable.Rows[permission];
        if (caller.IsOperator)
            return grant.Operator ? AccessDecision.Allowed.Instance : Missing(grant);

        // What belongs to others does not exist, whatever else is wrong with the request.
        if (tenantId is { } tenant && tenant != caller.TenantId)
            return new AccessDecision.Hidden("tenant");
        if (Unready(caller, grant) is { } unready)
            return unready;
        if (!caller.SeesAll && projectId is { } project && !caller.Projects.ContainsKey(project))
            return new AccessDecision.Hidden("project");
        if (caller.Scopes is { } scopes && (grant.SignedInOnly || !TokenScopes.Cover(scopes, grant)))
            return Missing(grant, "access token");
        return HasRole(caller, grant, projectId) ? AccessDecision.Allowed.Instance : Missing(grant);
    }

    /// <summary>The same for a right that depends on the body: asked for where the body has been read.</summary>
    public static bool Has(this Caller caller, Permission permission, long? projectId = null) =>
        Decide(caller, permission, null, projectId) is AccessDecision.Allowed;

    /// <summary>How a refusal names what is missing.</summary>
    public static string MissingText(Permission permission) => Text(PermissionTable.Rows[permission], "caller");

    private static AccessDecision? Unready(Caller caller, Grant grant)
    {
        if (caller.LacksCsrfProof)
            return new AccessDecision.Forbidden($"A request with the session's cookie needs the header {CsrfHeader}.");
        if (caller.MustChangePassword && !grant.Despite.HasFlag(Pending.OneTimePassword))
            return new AccessDecision.Forbidden("The one-time password has to be changed first: POST /api/v1/me/password.");
        if (caller.LacksSecondFactor && !grant.Despite.HasFlag(Pending.SecondFactor))
        {
            return new AccessDecision.Forbidden(
                "The tenant demands a second factor: enrol with POST /api/v1/me/mfa/enroll first.");
        }

        return null;
    }

    private static bool HasRole(Caller caller, Grant grant, long? projectId) => caller.Role switch
    {
        TenantRole.Owner => grant.Owner,
        TenantRole.Administrator => grant.Administrator,
        _ => HasReach(caller, grant.Member, projectId, ProjectRole.Member)
            || HasReach(caller, grant.ProjectAdministrator, projectId, ProjectRole.ProjectAdministrator),
    };

    private static bool HasReach(Caller caller, PermissionScope reach, long? projectId, ProjectRole least) => reach switch
    {
        PermissionScope.None => false,
        // An administrator of a project has this as everybody has; it is not a matter of projects.
        PermissionScope.All => true,
        _ when projectId is { } project =>
            caller.Projects.TryGetValue(project, out var role) && role <= least,
        _ => caller.Projects.Values.Any(role => role <= least),
    };

    private static AccessDecision.Forbidden Missing(Grant grant, string who = "caller") => new(Text(grant, who));

    private static string Text(Grant grant, string who) => $"The {who} lacks the permission '{grant.Name}'.";
}
