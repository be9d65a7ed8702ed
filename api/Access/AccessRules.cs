using Sluice.Storage.Control.Members;

namespace Sluice.Api.Access;

/// <summary>Reads the permission table for one caller and one request.</summary>
internal static class AccessRules
{
    /// <summary>The header that proves that a request with a cookie was sent by our own page.</summary>
    public const string CsrfHeader = "X-Sluice-CSRF";

    /// <param name="caller">The caller who asks.</param>
    /// <param name="permission">The permission that is needed.</param>
    /// <param name="tenantId">The tenant that the request names; 0 for an invalid id; null if it names none.</param>
    /// <param name="projectId">The project that the request names; 0 for an invalid id; null if it names none.</param>
    public static AccessDecision Decide(Caller caller, Permission permission, long? tenantId, long? projectId)
    {
        var grant = PermissionTable.Rows[permission];
        if (caller.IsOperator)
            return grant.Operator ? AccessDecision.Allowed.Instance : Missing(grant);

        // Another tenant's resources do not exist for the caller, whatever else is wrong with the request.
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

    /// <summary>Checks a permission that depends on the body, for handlers that have read it.</summary>
    public static bool Has(this Caller caller, Permission permission, long? projectId = null) =>
        Decide(caller, permission, null, projectId) is AccessDecision.Allowed;

    /// <summary>Returns the text by which a refusal names the missing permission.</summary>
    public static string MissingText(Permission permission) => Text(PermissionTable.Rows[permission], "caller");

    private static AccessDecision? Unready(Caller caller, Grant grant)
    {
        if (caller.LacksCsrfProof)
            return new AccessDecision.Denied($"A request with the session's cookie needs the header {CsrfHeader}.");
        if (caller.MustChangePassword && !grant.Despite.HasFlag(Pending.OneTimePassword))
        {
            return new AccessDecision.Denied(
                "The one-time password must be changed first: POST /api/v1/me/password.");
        }

        if (caller.LacksSecondFactor && !grant.Despite.HasFlag(Pending.SecondFactor))
        {
            return new AccessDecision.Denied(
                "The tenant demands a second factor: enrol with POST /api/v1/me/mfa/enroll first.");
        }

        return null;
    }

    private static bool HasRole(Caller caller, Grant grant, long? projectId) => caller.Role switch
    {
        TenantRole.Owner => grant.Owner,
        TenantRole.Administrator => grant.Administrator && !(grant.CanBeReserved && caller.OwnerAppoints),
        _ => HasScope(caller, grant.Member, projectId, ProjectRole.Member)
            || HasScope(caller, grant.ProjectAdministrator, projectId, ProjectRole.ProjectAdministrator),
    };

    private static bool HasScope(Caller caller, PermissionScope scope, long? projectId, ProjectRole least) =>
        scope switch
        {
            PermissionScope.None => false,
            // Project administrators have this like everybody else; it does not depend on a project.
            PermissionScope.All => true,
            _ when projectId is { } project =>
                caller.Projects.TryGetValue(project, out var role) && role <= least,
            _ => caller.Projects.Values.Any(role => role <= least),
        };

    private static AccessDecision.Denied Missing(Grant grant, string who = "caller") => new(Text(grant, who));

    private static string Text(Grant grant, string who) => $"The {who} lacks the permission '{grant.Name}'.";
}
