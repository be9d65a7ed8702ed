using Microsoft.AspNetCore.Http;
using Sluice.WebConsole.Assets;
using Sluice.WebConsole.Sessions;

namespace Sluice.WebConsole.Hosting;

/// <summary>
/// Comes before every page of the console: finds out who is signed in, sends the others to sign in, and sets the
/// headers that all pages have.
/// </summary>
internal static class ConsoleGuard
{
    public const string Root = "/console";
    public const string SignIn = "/console/sign-in";

    /// <summary>Nothing from elsewhere, no script or style in the page itself.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly string[] Open = [SignIn, Root + "/accept", ConsoleAssets.Path];

    /// <remarks>Addresses are routed whatever their case, so they are guarded so too.</remarks>
    public static async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var path = http.Request.Path;
        if (!path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase)
            || path.StartsWithSegments(ConsoleAssets.Path, StringComparison.OrdinalIgnoreCase))
        {
            await next(http);
            return;
        }

        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        // As the antiforgery tokens of forms set it: a warning would say at every form that it was overridden.
        headers.CacheControl = "no-cache, no-store";
        headers["Referrer-Policy"] = "same-origin";
        if (Preferences.TrySet(http))
            return;
        var session = (ConsoleSession)http.RequestServices.GetService(typeof(ConsoleSession))!;
        var view = (ConsoleView)http.RequestServices.GetService(typeof(ConsoleView))!;
        await session.OpenAsync(http);
        await view.OpenAsync(http);
        if (NextStep(http, session) is { } address)
            http.Response.Redirect(address);
        else
            await next(http);
    }

    /// <summary>Returns where a request must go first; null if it may go on.</summary>
    private static string? NextStep(HttpContext http, ConsoleSession session)
    {
        if (Open.Any(open => http.Request.Path.StartsWithSegments(open, StringComparison.OrdinalIgnoreCase)))
            return null;
        if (!session.IsSignedIn && session.Problem is null)
            return $"{SignIn}?back={Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)}";
        var first = session.MustChangePassword ? Root + "/me/password"
            : session.MustEnroll ? Root + "/me/mfa/enroll"
            : null;
        return http.Request.Path == first || http.Request.Path == Root + "/sign-out" ? null : first;
    }
}
