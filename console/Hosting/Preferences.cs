using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Sluice.WebConsole.Sessions;

namespace Sluice.WebConsole.Hosting;

/// <summary>
/// Language and theme, chosen by a link to the page with <c>?language=</c> or <c>?theme=</c>, and kept in a cookie.
/// </summary>
internal static class Preferences
{
    private static readonly (string Name, string Cookie, string[] Words)[] All =
    [
        ("language", ConsoleView.LanguageCookie, ["en", "fr"]),
        ("theme", ConsoleView.ThemeCookie, ["light", "dark", "system"]),
    ];

    /// <summary>Keeps what the request chooses, and sends the browser to the page itself.</summary>
    public static bool TrySet(HttpContext http)
    {
        var isSet = false;
        var rest = http.Request.Query.ToDictionary(static pair => pair.Key, static pair => pair.Value);
        foreach (var (name, cookie, words) in All)
        {
            if (!HttpMethods.IsGet(http.Request.Method) || !rest.Remove(name, out var value))
                continue;
            if (!words.Contains(value.ToString()))
                continue;
            isSet = true;
            http.Response.Cookies.Append(cookie, value.ToString(), new CookieOptions
            {
                MaxAge = TimeSpan.FromDays(400),
                SameSite = SameSiteMode.Lax,
                Secure = http.Request.IsHttps,
                Path = ConsoleGuard.Root,
                IsEssential = true,
            });
        }

        if (isSet)
            http.Response.Redirect(QueryHelpers.AddQueryString(http.Request.Path, rest));
        return isSet;
    }
}
