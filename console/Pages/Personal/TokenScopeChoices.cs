namespace Sluice.WebConsole.Pages.Personal;

/// <summary>The scopes of access tokens that the console offers; the API knows some more ways to write them.</summary>
internal static class TokenScopeChoices
{
    private const int Everybody = 0;
    private const int ProjectAdministrators = 1;
    private const int Administrators = 2;

    private static readonly (string Scope, string Text, int For)[] All =
    [
        ("*", "Everything that I may do", Everybody),
        ("read", "Read everything that I may see", Everybody),
        ("account:read", "Read my account, roles and seat", Everybody),
        ("own-usage:read", "Read my own usage", Everybody),
        ("personal-key:manage", "Manage my personal key", Everybody),
        ("tenant:read", "Read the tenant's name, time zone and currency", Everybody),
        ("projects:read", "See projects", Everybody),
        ("project-members:read", "See the members of projects", Everybody),
        ("keys:read", "See API keys", Everybody),
        ("usage:read", "Read usage", Everybody),
        ("limits:read", "Read limits", Everybody),
        ("key-limits:set", "Set the limits of API keys", Everybody),
        ("boosts:manage", "Raise limits for a time", Everybody),
        ("keys:manage", "Create, change and delete API keys", ProjectAdministrators),
        ("projects:rename", "Rename projects", ProjectAdministrators),
        ("project-members:manage", "Manage the members of projects", ProjectAdministrators),
        ("members:read", "See the tenant's members", ProjectAdministrators),
        ("projects:manage", "Create and delete projects", Administrators),
        ("limits:set", "Set the limits of the tenant and its projects", Administrators),
        ("thresholds:read", "Read account thresholds", Administrators),
        ("usage-of-all:read", "Read usage by member and model", Administrators),
        ("members:manage", "Manage the tenant's members", Administrators),
        ("administrators:manage", "Manage administrators", Administrators),
        ("invitations:read", "See invitations", Administrators),
        ("seats:manage", "Assign and reclaim seats", Administrators),
        ("seats:renew", "Renew plans", Administrators),
        ("settings:read", "Read the tenant's settings", Administrators),
        ("tenant:change", "Change the tenant's settings", Administrators),
        ("billing:read", "Read statements", Administrators),
        ("quota:request", "Request more quota", Administrators),
        ("notifications:manage", "See notifications and send test mails", Administrators),
        ("audit:read", "Read the audit log", Administrators),
    ];

    /// <summary>Returns the scopes that make sense for a role, with what they allow, in English.</summary>
    public static IEnumerable<(string Scope, string Text)> For(bool isAdministrator, bool managesProject)
    {
        var level = isAdministrator ? Administrators : managesProject ? ProjectAdministrators : Everybody;
        return All.Where(choice => choice.For <= level).Select(static choice => (choice.Scope, choice.Text));
    }
}
