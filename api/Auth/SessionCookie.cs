using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Sluice.Api.Settings;

namespace Sluice.Api.Auth;

/// <summary>
/// The console's cookies: one with the session's token, which scripts can't read, and one with the proof that they send
/// back as a header. The proof is derived from the token, so nothing must be stored, and a page of another site can
/// neither read nor compute it.
/// </summary>
internal static class SessionCookie
{
    public const string Name = "sluice_session";
    public const string ProofName = "sluice_csrf";

    public static void Set(HttpContext http, string token, DateTimeOffset expiresAt)
    {
        http.Response.Cookies.Append(Name, token, Options(http, expiresAt, readable: false));
        http.Response.Cookies.Append(ProofName, ProofOf(token), Options(http, expiresAt, readable: true));
    }

    public static void Remove(HttpContext http)
    {
        http.Response.Cookies.Delete(Name, Options(http, null, readable: false));
        http.Response.Cookies.Delete(ProofName, Options(http, null, readable: true));
    }

    /// <summary>Whether a request that came with the cookie may change something.</summary>
    public static bool HasProof(HttpRequest request, string token)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return true;
        var given = Encoding.UTF8.GetBytes(request.Headers[AccessRules.CsrfHeader].ToString());
        return CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(ProofOf(token)));
    }

    private static string ProofOf(string token) => Base64Url.EncodeToString(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), "sluice csrf"u8));

    /// <summary>
    /// Whether callers use HTTPS although requests arrive without it, behind a proxy that ends TLS. Decided by the
    /// operator's setting, because anyone could send a header that claims it.
    /// </summary>
    private static bool IsPublicHttps(HttpContext http) =>
        http.RequestServices.GetRequiredService<IOptions<SluiceOptions>>().Value.PublicUrl
            .StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private static CookieOptions Options(HttpContext http, DateTimeOffset? expiresAt, bool readable) => new()
    {
        HttpOnly = !readable,
        Secure = http.Request.IsHttps || IsPublicHttps(http),
        SameSite = SameSiteMode.Strict,
        Path = "/",
        Expires = expiresAt,
        IsEssential = true,
    };
}
