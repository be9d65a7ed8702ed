using System.Collections.Frozen;
using Sluice.WebConsole.Texts;

namespace Sluice.WebConsole.Pages.Audit;

/// <summary>The actions of the audit log as people read them.</summary>
internal static class AuditActions
{
    /// <summary>All kinds of things with what can be done to them, by the word that the API has for them.</summary>
    public static readonly IReadOnlyList<AuditKind> Kinds =
    [
        new("project", "Projects",
            ("created", "Project created"), ("renamed", "Project renamed"), ("deleted", "Project deleted")),
        new("project-member", "Members of projects",
            ("added", "Member added to a project"), ("role-changed", "Role in a project changed"),
            ("removed", "Member removed from a project")),
        new("key", "Keys",
            ("created", "Key created"), ("changed", "Key changed"), ("regenerated", "Key rotated"),
            ("deleted", "Key deleted"), ("set", "Limit of a key set")),
        new("member", "Members",
            ("created", "Member added"), ("role-changed", "Role changed"), ("email-changed", "Email changed"),
            ("password-reset", "Password reset"), ("removed", "Member removed")),
        new("ownership", "Ownership", ("transferred", "Ownership handed over")),
        new("invitation", "Invitations",
            ("created", "Invitation made"), ("resent", "Invitation sent again"),
            ("replaced", "Invitation replaced"), ("accepted", "Invitation accepted"),
            ("revoked", "Invitation revoked")),
        new("session", "Sessions", ("opened", "Signed in"), ("ended", "Signed out")),
        new("password", "Passwords", ("changed", "Password changed")),
        new("mfa", "Second factors",
            ("begun", "Second factor begun"), ("enabled", "Second factor switched on"),
            ("disabled", "Second factor switched off"), ("reset", "Second factor reset"),
            ("recovery-code-used", "Recovery code used")),
        new("access-token", "Access tokens",
            ("created", "Access token created"), ("revoked", "Access token revoked")),
        new("limit", "Limits", ("set", "Limit set")),
        new("quota", "Quota", ("set", "Quota set")),
        new("quota-request", "Requests for quota",
            ("created", "More quota asked for"), ("approved", "Request for quota approved"),
            ("denied", "Request for quota denied")),
        new("thresholds", "Account thresholds", ("set", "Account thresholds set")),
        new("boost", "Boosts", ("created", "Limit boosted"), ("ended", "Boost ended")),
        new("subscription", "Plans", ("created", "Plan subscribed"), ("renewed", "Plan renewed")),
        new("seat", "Seats",
            ("assigned", "Seat assigned"), ("reclaimed", "Seat reclaimed"), ("given-back", "Seat given back"),
            ("expired", "Seat expired")),
        new("plan", "Warnings of seats", ("set", "Warnings of a seat set")),
        new("notification", "Notifications", ("tested", "Test mail sent"), ("resent", "Mail sent again")),
        new("webhook", "Webhooks",
            ("created", "Webhook added"), ("changed", "Webhook changed"),
            ("secret-rotated", "Secret of a webhook replaced"), ("tested", "Webhook tested"),
            ("disabled", "Webhook disabled"), ("deleted", "Webhook deleted")),
        new("tenant", "Tenant",
            ("created", "Tenant created"), ("changed", "Settings changed"), ("suspended", "Tenant suspended"),
            ("resumed", "Tenant resumed"), ("deleted", "Tenant deleted")),
    ];

    private static readonly FrozenDictionary<string, string> Names = Kinds
        .SelectMany(static kind => kind.Actions.Select(action => (Word: $"{kind.Word}.{action.Word}", action.Name)))
        .ToFrozenDictionary(static action => action.Word, static action => action.Name);

    /// <summary>Returns what an action is called; the API's word for one that is not known here.</summary>
    public static string NameOf(string word, Language language) =>
        Names.TryGetValue(word, out var name) ? language[name] : word;
}

/// <summary>A kind of thing.</summary>
/// <param name="Word">What the API calls it.</param>
/// <param name="Name">What people call them, in English.</param>
/// <param name="Actions">What can be done to one, as the API and as people call it.</param>
internal sealed record AuditKind(string Word, string Name, params (string Word, string Name)[] Actions);
