using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Sluice.Api.Problems;

namespace Sluice.Api.Access;

/// <summary>
/// Writes refusals: 401 for unknown callers, 403 with the missing permission, 404 for what the caller may not see.
/// </summary>
internal sealed class AccessAnswers : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _usual = new();

    public Task HandleAsync(
        RequestDelegate next,
        HttpContext context,
        AuthorizationPolicy policy,
        PolicyAuthorizationResult authorizeResult)
    {
        var failure = authorizeResult.AuthorizationFailure?.FailureReasons.OfType<AccessFailure>().FirstOrDefault();
        return authorizeResult.Forbidden && failure is not null
            ? Refuse(failure.AccessDecision).ExecuteAsync(context)
            : _usual.HandleAsync(next, context, policy, authorizeResult);
    }

    private static IResult Refuse(AccessDecision verdict) => verdict switch
    {
        AccessDecision.Hidden(var what) => Problem.Of(new Error.NotFound(what)),
        AccessDecision.Denied(var detail) => Problem.Of(StatusCodes.Status403Forbidden, detail),
        _ => throw new InvalidOperationException("an allowed request was refused"),
    };
}
