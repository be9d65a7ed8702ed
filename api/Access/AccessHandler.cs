using Microsoft.AspNetCore.Authorization;

namespace Sluice.Api.Access;

/// <summary>
/// Decides on a request by its caller, tenant and project; <see cref="AccessAnswers"/> writes the refusals.
/// </summary>
internal sealed class AccessHandler : AuthorizationHandler<PermissionRequirement>
{
    protected override Task HandleRequirementAsync(
        AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        if (context.Resource is not HttpContext http || http.Features.Get<Caller>() is not { } caller)
            return Task.CompletedTask;
        var verdict = AccessRules.Decide(
            caller, requirement.Permission, Named(http, "t", IdText.Tenant), Named(http, "p", IdText.Project));
        if (verdict is AccessDecision.Allowed)
            context.Succeed(requirement);
        else
            context.Fail(new AccessFailure(this, verdict));
        return Task.CompletedTask;
    }

    /// <summary>
    /// Returns the id in a part of the route; null if the route has no such part, 0 if its text is not a valid id.
    /// </summary>
    private static long? Named(HttpContext http, string part, char prefix)
    {
        if (!http.Request.RouteValues.TryGetValue(part, out var value))
            return null;
        return IdText.TryParse(prefix, value as string, out var id) ? id : 0;
    }
}
