using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Sluice.Api.Problems;

namespace Sluice.Api.Auth;

/// <summary>
/// Recognises the operator's and the gateway's token and members' access tokens and sessions in
/// <c>Authorization: Bearer</c>, and sessions in the console's cookie.
/// </summary>
internal sealed class BearerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    ServiceTokens tokens,
    CallerReader callers)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Prefix = "Bearer ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return RecognizeAsync(header[Prefix.Length..].Trim());
        return Request.Cookies[SessionCookie.Name] is { Length: > 0 } cookie
            ? MemberAsync(cookie, byCookie: true)
            : Task.FromResult(AuthenticateResult.NoResult());
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = Principals.Scheme;
        return Problem
            .Of(401, "Send a valid access token as 'Authorization: Bearer <token>'.")
            .ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problem.Of(403, "This takes another kind of token: operator's, member's or gateway's.").ExecuteAsync(Context);

    private async Task<AuthenticateResult> RecognizeAsync(string token)
    {
        // Both comparisons always run, so that the timing does not reveal which token it is.
        var (isOperator, isGateway) = (tokens.IsOperator(token), tokens.IsGateway(token));
        if (isOperator)
            return Known(Principals.Operator, Caller.Operator with { Credential = token });
        if (isGateway)
            return Known(Principals.Gateway, null);
        return await MemberAsync(token, byCookie: false);
    }

    private async Task<AuthenticateResult> MemberAsync(string token, bool byCookie)
    {
        // The cookie has a session; an access token in it was put there by something else.
        if (byCookie && !token.StartsWith(SecretText.Session, StringComparison.Ordinal))
            return AuthenticateResult.Fail("no such token");
        return await callers.FindMemberAsync(token, Context.RequestAborted) is { } caller
            ? Known(Principals.Member, caller with
            {
                LacksCsrfProof = byCookie && !SessionCookie.HasProof(Request, token),
            })
            : AuthenticateResult.Fail("no such token");
    }

    private AuthenticateResult Known(string role, Caller? caller)
    {
        if (caller is not null)
            Context.Features.Set(caller);
        var identity = new ClaimsIdentity(
            [new(ClaimTypes.Name, caller?.Name ?? role), new(ClaimTypes.Role, role)], Scheme.Name);
        return AuthenticateResult.Success(new(new ClaimsPrincipal(identity), Scheme.Name));
    }
}
