using Microsoft.AspNetCore.Http;
using Sluice.Client.Models;
using Sluice.WebConsole.Texts;

namespace Sluice.WebConsole.Sessions;

/// <summary>
/// How pages look for the time of one request: who sees them, in which language, theme and time zone.
/// </summary>
public sealed class ConsoleView(ConsoleSession session, TimeProvider time)
{
    internal const string LanguageCookie = "sluice_language";
    internal const string ThemeCookie = "sluice_theme";

    private static readonly string[] Themes = ["light", "dark"];

    public ConsoleSession Session => session;

    public Language Language { get; private set; } = Language.English;

    /// <summary><c>light</c>, <c>dark</c>, or <c>system</c> to follow the browser.</summary>
    public string Theme { get; private set; } = "system";

    /// <summary>The address of this page, without the host.</summary>
    public string Address { get; private set; } = "/console";

    /// <summary>The tenant whose pages these are; null elsewhere.</summary>
    public TenantResponse? Tenant { get; private set; }

    /// <summary>The project whose pages these are; null elsewhere.</summary>
    public ProjectResponse? Project { get; private set; }

    public Formats Formats { get; private set; } = new(Language.English, TimeZoneInfo.Utc);

    /// <summary>Whether the tenant's pages are for who has signed in.</summary>
    public bool MayManageTenant => session.IsOperator || session.IsAdministrator;

    /// <summary>Whether the keys and members of the project are.</summary>
    public bool MayManageProject => Project is { } project && MayManage(project.Id);

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Why the tenant or project of the address can't be shown; null if they can.</summary>
    public ProblemDetails? Problem { get; private set; }

    /// <summary>Whether who has signed in manages the keys and members of a project.</summary>
    public bool MayManage(string projectId) => MayManageTenant || (session.Me?.Projects.Any(
        membership => membership.ProjectId == projectId && membership.Role == "project_administrator") ?? false);

    /// <summary>Gets the first page of a project, of those that are for who has signed in.</summary>
    public string FirstPageOf(string tenantId, string projectId) =>
        $"/console/t/{tenantId}/p/{projectId}/" + (MayManage(projectId) ? "keys" : "usage");

    /// <summary>
    /// Reads what the browser and the account prefer, and the tenant and project that the address names: the frame of
    /// the page shows them too.
    /// </summary>
    internal async Task OpenAsync(HttpContext http)
    {
        Address = http.Request.Path + http.Request.QueryString;
        Theme = http.Request.Cookies[ThemeCookie] is { } theme && Themes.Contains(theme) ? theme : "system";
        Language = Language.Of(
            http.Request.Cookies[LanguageCookie] ?? session.OwnTenant?.Language ?? Preferred(http.Request));
        Tenant = session.OwnTenant;
        Problem = session.Problem;
        var segments = (http.Request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (session.IsSignedIn && segments is [_, "t" or "T", var tenantId, ..])
        {
            await OpenTenantAsync(
                tenantId, segments is [_, _, _, "p" or "P", var id, ..] ? id : null, http.RequestAborted);
        }

        Formats = new Formats(Language, Formats.ZoneOf(Tenant?.TimeZone));
    }

    private async Task OpenTenantAsync(string tenantId, string? projectId, CancellationToken ct)
    {
        if (Tenant?.Id != tenantId)
        {
            var tenant = await session.Api.GetTenantAsync(tenantId, ct);
            Problem ??= tenant.Problem;
            Tenant = tenant.Value;
        }

        if (projectId is null || Tenant is null)
            return;
        var project = await session.Api.GetProjectAsync(tenantId, projectId, ct);
        Problem ??= project.Problem;
        Project = project.Value;
    }

    private static string? Preferred(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(static language => language.Quality ?? 1)
        .Select(static language => language.Value.Value?.Split('-')[0])
        .FirstOrDefault(static code => Language.All.Any(language => language.Code == code));
}
