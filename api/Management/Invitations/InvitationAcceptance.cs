using Sluice.Api.Auth;
using Sluice.Storage.Control.Invitations;
using Sluice.Storage.Control.Members;

namespace Sluice.Api.Management.Invitations;

/// <summary>Accepts invitations: by the API, and by the page that their links open.</summary>
internal sealed class InvitationAcceptance(UnitOfWork work, InvitationStore invitations, Passwords passwords)
{
    /// <summary>Creates the member in the action's transaction.</summary>
    /// <param name="request">A request that its validator has passed.</param>
    /// <param name="address">Where it came from, for the audit log.</param>
    /// <param name="ct">Cancels the action.</param>
    public async Task<Result<Member>> AcceptAsync(
        AcceptInvitationRequest request, string? address, CancellationToken ct)
    {
        // The response does not reveal why a token is invalid: never issued, expired, used and revoked look the same.
        var hash = SecretText.HashOf(request.Token!);
        if (await invitations.FindOpenAsync(hash, ct) is not { } invitation)
            return new Error.NotFound("invitation");
        if (WhyNotFor(invitation, request.Email) is { } error)
            return error;

        var member = new NewMember(
            IdText.NewValue(),
            request.UserName!,
            invitation.Email ?? request.Email,
            invitation.Role,
            await passwords.HashAsync(request.Password!, ct),
            MustChangePassword: false);
        work.Origin = new(Ids.Member(member.Id), address);
        return await invitations.AcceptAsync(work, invitation, hash, member, ct);
    }

    /// <summary>Commits an acceptance; no node has to learn of it.</summary>
    public Task CommitAsync(CancellationToken ct) => work.CommitAsync(ct);

    private static Error? WhyNotFor(Invitation invitation, string? email) => invitation.Email is { } invited
        && email is not null && !string.Equals(invited, email, StringComparison.OrdinalIgnoreCase)
            ? new Error.RulesBroken("email", "other-address", "The invitation is for another address.")
            : null;
}
