using Sluice.Client.Models;
using Sluice.WebConsole.Parts;

namespace Sluice.WebConsole.Pages.Users;

/// <summary>A page about the members of a tenant. Who may do what to whom depends on both roles.</summary>
public abstract class UserPage : TenantPage
{
    private const string Administrator = "administrator";

    /// <summary>Whether who has signed in may do what only the owner may.</summary>
    protected bool ActsAsOwner => View.Session.IsOperator || View.Session.Me?.TenantRole == "owner";

    /// <summary>Whether who has signed in may appoint administrators, and act on them.</summary>
    protected bool MayAppoint { get; private set; }

    /// <summary>The roles that who has signed in may give.</summary>
    protected IEnumerable<(string Value, string Text)> Roles => MayAppoint
        ? [("member", RoleTag.NameOf("member", T)), (Administrator, RoleTag.NameOf(Administrator, T))]
        : [("member", RoleTag.NameOf("member", T))];

    protected override async Task LoadAsync()
    {
        MayAppoint = ActsAsOwner
            || Take(await Api.GetSettingsAsync(TenantId, ct: Ct)) is { OwnerAppointsAdministrators: false };
    }

    /// <summary>Whether who has signed in may change, reset or remove what belongs to someone of this role.</summary>
    protected bool MayActOn(string role) => role switch
    {
        "owner" => ActsAsOwner,
        Administrator => MayAppoint,
        _ => true,
    };

    /// <summary>
    /// Reads a member. One who is gone is no problem for a form that is sent again: it was done the first time.
    /// </summary>
    protected async Task<MemberResponse?> MemberAsync(string memberId, FormState? sent = null)
    {
        var found = await Api.GetMemberAsync(TenantId, memberId, ct: Ct);
        return sent is null ? Take(found) : sent.IsPosted ? found.Value : Take(found, sent);
    }

    /// <summary>Reads an invitation, of which the API has a list only.</summary>
    protected async Task<InvitationResponse?> InvitationAsync(string invitationId, FormState sent)
    {
        var all = await AllAsync<InvitationListResponse, InvitationResponse>(
            after => Api.ListInvitationsAsync(TenantId, after: after, limit: 500, ct: Ct));
        var found = all.FirstOrDefault(invitation => invitation.Id == invitationId);
        if (found is null && Problem is null && !sent.IsPosted)
            Fail(NotThere.Problem);
        return found;
    }
}
