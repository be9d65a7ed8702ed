using Microsoft.AspNetCore.Authorization;

namespace Sluice.Api.Access;

/// <summary>Carries a verdict through the framework to the one who writes the answer.</summary>
internal sealed class AccessFailure(IAuthorizationHandler handler, AccessDecision verdict)
    : AuthorizationFailureReason(handler, verdict.ToString())
{
    public AccessDecision AccessDecision { get; } = verdict;
}
