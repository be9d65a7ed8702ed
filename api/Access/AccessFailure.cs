using Microsoft.AspNetCore.Authorization;

namespace Sluice.Api.Access;

/// <summary>
/// Carries an access decision through the framework to <see cref="AccessAnswers"/>, which writes the response.
/// </summary>
internal sealed class AccessFailure(IAuthorizationHandler handler, AccessDecision verdict)
    : AuthorizationFailureReason(handler, verdict.ToString())
{
    public AccessDecision AccessDecision { get; } = verdict;
}
