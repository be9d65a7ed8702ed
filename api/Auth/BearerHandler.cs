using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Sluice.Api.Problems;

namespace Sluice.Api.Auth;

/// <summary>Recognises the operator's and the gateway's token in <c>Authorization: Bearer</c>.</summary>
internal sealed class BearerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    ServiceTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Prefix = "Bearer ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return Task.FromResult(AuthenticateResult.NoResult());
        var token = header[Prefix.Length..].Trim();
        // Both are compared in any case, so that the time says nothing about which one it is.
        var (isOperator, isGateway) = (tokens.IsOperator(token), tokens.IsGateway(token));
        if (!isOperator && !isGateway)
            return Task.FromResult(AuthenticateResult.Fail("no such token"));

        var role = isOperator ? Principals.Operator : Principals.Gateway;
        var identity = new ClaimsIdentity(
            [new(ClaimTypes.Name, role), new(ClaimTypes.Role, role)], Scheme.Name);
        return Task.FromResult(AuthenticateResult.Success(new(new ClaimsPrincipal(identity), Scheme.Name)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = Principals.Scheme;
        return Problem
            .Of(401, "Send a valid access token as 'Authorization: Bearer <token>'.")
            .ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problem.Of(403, $"This takes the {Principals.Operator}'s access token.").ExecuteAsync(Context);
}
