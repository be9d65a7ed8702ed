using Sluice.WebConsole.Sessions;

namespace Sluice.WebConsole.Layout;

/// <summary>The modes of the console and the pages of each, as far as who is signed in may see them.</summary>
internal static class Navigation
{
    private const string Platform = "/console/platform";
    private const string Personal = "/console/me";

    /// <summary>Pages whose address is not below that of the page that leads to them.</summary>
    private static readonly (string Child, string Home)[] Elsewhere =
    [
        ("/webhooks/", "/settings/webhooks/"), ("/invitations/", "/users/invitations/"),
        ("/console/me/mfa/", "/console/me/security/mfa/"), ("/console/me/tokens/", "/console/me/security/tokens/"),
        ("/console/me/password", "/console/me/security/password"),
    ];

    /// <param name="Name">The name, in English.</param>
    /// <param name="Address">Where it is.</param>
    /// <param name="IsCurrent">Whether it is shown now.</param>
    public sealed record Entry(string Name, string Address, bool IsCurrent);

    public static IEnumerable<Entry> ModesOf(ConsoleView view)
    {
        var address = view.Address;
        if (view.Session.IsOperator)
            yield return new("Platform", Platform, address.StartsWith(Platform, StringComparison.Ordinal));
        if (view.Tenant is { } tenant && (view.Session.IsOperator || view.Session.IsAdministrator))
        {
            var isTenant = address.StartsWith("/console/t/", StringComparison.Ordinal) && view.Project is null;
            yield return new("Tenant", $"/console/t/{tenant.Id}", isTenant);
        }

        if (view.Tenant is { } owner)
        {
            yield return new(
                "Project",
                view.Project is { } project
                    ? view.FirstPageOf(owner.Id, project.Id)
                    : $"/console/t/{owner.Id}/pick",
                view.Project is not null);
        }

        if (view.Session.Me is not null)
            yield return new("Personal", Personal, address.StartsWith(Personal, StringComparison.Ordinal));
    }

    public static IEnumerable<Entry> PagesOf(ConsoleView view)
    {
        var address = HomeOf(view.Address.Split('?')[0]);
        return Pages(view, address).Select(page => new Entry(
            page.Name, page.Address, address == page.Address
                || (page.Address != RootOf(view, address)
                    && address.StartsWith(page.Address + "/", StringComparison.Ordinal))));
    }

    /// <summary>Gets the address that a page would have if it were below the page that leads to it.</summary>
    private static string HomeOf(string address)
    {
        if (address.StartsWith(Platform + "/tenants/", StringComparison.Ordinal))
            return Platform;
        foreach (var (child, home) in Elsewhere)
            address = address.Replace(child, home, StringComparison.Ordinal);
        return address;
    }

    private static string RootOf(ConsoleView view, string address) =>
        address.StartsWith(Platform, StringComparison.Ordinal) ? Platform
        : address.StartsWith(Personal, StringComparison.Ordinal) ? Personal
        : $"/console/t/{view.Tenant?.Id}";

    private static IEnumerable<(string Name, string Address)> Pages(ConsoleView view, string address)
    {
        if (address.StartsWith(Platform, StringComparison.Ordinal))
            return PlatformPages();
        if (address.StartsWith(Personal, StringComparison.Ordinal) || view.Tenant is null)
            return view.Session.Me is null ? PlatformPages() : PersonalPages();
        return view.Project is { } project
            ? ProjectPages($"/console/t/{view.Tenant.Id}/p/{project.Id}", view.MayManageProject)
            : view.Session.IsOperator || view.Session.IsAdministrator
                ? TenantPages($"/console/t/{view.Tenant.Id}")
                : PersonalPages();
    }

    private static IEnumerable<(string Name, string Address)> TenantPages(string root) =>
    [
        ("Overview", root), ("Project Management", root + "/projects"), ("User Management", root + "/users"),
        ("Seats", root + "/seats"), ("Usage Status", root + "/usage"), ("Usage Limit Settings", root + "/limits"),
        ("Notifications", root + "/notifications"), ("Billing Management", root + "/billing"),
        ("Tenant Settings", root + "/settings"), ("Audit", root + "/audit"),
    ];

    private static IEnumerable<(string Name, string Address)> ProjectPages(string root, bool mayManage)
    {
        (string, string)[] managed =
            [("API Key Management", root + "/keys"), ("Member Management", root + "/members")];
        return
        [
            .. mayManage ? managed : [],
            ("Usage Status", root + "/usage"), ("Project Information", root + "/information"),
        ];
    }

    private static IEnumerable<(string Name, string Address)> PersonalPages() =>
    [
        ("Overview", Personal), ("Usage statistics", Personal + "/usage"), ("Personal key", Personal + "/key"),
        ("Security", Personal + "/security"),
    ];

    private static IEnumerable<(string Name, string Address)> PlatformPages() =>
    [
        ("Tenants", Platform), ("Quota requests", Platform + "/quota-requests"),
        ("Account thresholds", Platform + "/thresholds"), ("Plans and seats", Platform + "/plans"),
        ("Price book", Platform + "/prices"), ("Unpriced usage", Platform + "/unpriced"),
        ("Mail and webhooks", Platform + "/mail"), ("Jobs and reconciliation", Platform + "/jobs"),
        ("Cluster", Platform + "/cluster"),
    ];
}
