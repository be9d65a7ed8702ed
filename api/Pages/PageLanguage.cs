using Sluice.Api.Mail.Texts;

namespace Sluice.Api.Pages;

/// <summary>Chooses the language of pages that belong to no tenant.</summary>
internal static class PageLanguage
{
    /// <summary>Returns the language that the browser prefers among those that there are; English if none.</summary>
    public static MailLanguage Of(HttpRequest request)
    {
        var wanted = request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(static language => language.Quality ?? 1)
            .Select(static language => language.Value.Value?.Split('-')[0] ?? "");
        foreach (var code in wanted)
        {
            foreach (var language in new[] { MailLanguage.English, MailLanguage.French })
            {
                if (string.Equals(code, language.Code, StringComparison.OrdinalIgnoreCase))
                    return language;
            }
        }

        return MailLanguage.English;
    }
}
