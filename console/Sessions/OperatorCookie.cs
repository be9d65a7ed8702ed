using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Sluice.WebConsole.Sessions;

/// <summary>
/// The cookie of an operator who has signed in with the operator's token: it holds the token encrypted, and ends after
/// some hours, so that a browser never has the token itself. Any node can read it.
/// </summary>
public sealed class OperatorCookie(
    IDataProtectionProvider protection, ConsoleOptions console, TimeProvider time)
{
    private const string Name = "sluice_operator";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private readonly ITimeLimitedDataProtector _protector =
        protection.CreateProtector("Sluice.WebConsole.Operator").ToTimeLimitedDataProtector();

    /// <summary>Returns the token of the request's cookie; null if there is none, or it has ended.</summary>
    internal string? Read(HttpRequest request)
    {
        if (request.Cookies[Name] is not { Length: > 0 and < 2_048 } cookie)
            return null;
        try
        {
            return _protector.Unprotect(cookie);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    internal void Set(HttpContext http, string token)
    {
        var endsAt = time.GetUtcNow() + Lifetime;
        http.Response.Cookies.Append(Name, _protector.Protect(token, endsAt), Options(http, endsAt));
    }

    internal void Remove(HttpContext http) => http.Response.Cookies.Delete(Name, Options(http, null));

    private CookieOptions Options(HttpContext http, DateTimeOffset? endsAt) => new()
    {
        HttpOnly = true,
        Secure = console.IsSecure(http.Request),
        SameSite = SameSiteMode.Strict,
        Path = "/console",
        Expires = endsAt,
        IsEssential = true,
    };
}
