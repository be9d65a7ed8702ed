namespace Sluice.Api.Pages;

/// <summary><c>GET /</c>: says what runs here and where things are.</summary>
internal static class HomePage
{
    public static PageResult Show(HttpRequest request)
    {
        var language = PageLanguage.Of(request);
        (string Address, string Name, string What)[] links =
        [
            ("console", "/console", language.Say("the console, to manage all of it", "la console, pour tout gérer")),
            ("docs/index.html", "/docs", language.Say("the API, to read and try", "l'API, à lire et à essayer")),
            ("openapi/v1.json", "/openapi/v1.json", language.Say("the OpenAPI document", "le document OpenAPI")),
            ("health/live", "/health/live", language.Say("whether the node runs", "si le nœud fonctionne")),
            ("health/ready", "/health/ready", language.Say("whether it is ready", "s'il est prêt")),
        ];
        var list = string.Concat(links.Select(static link =>
            $"<dt><a href=\"{link.Address}\">{PageLayout.Text(link.Name)}</a></dt>"
            + $"<dd>{PageLayout.Text(link.What)}</dd>"));
        return new(
            StatusCodes.Status200OK,
            "Sluice",
            PageLayout.Paragraph(language.Say(
                "Metering and quotas for API platforms: it answers, on every request, whether a key may spend that "
                    + "much.",
                "Mesure et quotas pour les plateformes d'API : pour chaque requête, il dit si une clé peut dépenser "
                    + "autant."))
            + $"<dl>{list}</dl>"
            + PageLayout.Paragraph(language.Say(
                "Gateways and services call /v1 with an API key; people use the console, and tools call /api/v1 with "
                    + "an access token.",
                "Les passerelles et services appellent /v1 avec une clé d'API ; les personnes utilisent la console, "
                    + "et les outils appellent /api/v1 avec un jeton d'accès.")),
            language);
    }
}
