using Sluice.Api.Auth;
using Sluice.Storage.Control.Invitations;
using Sluice.Storage.Control.Members;

namespace Sluice.Api.Management.Invitations;

/// <summary>Accepts invitations: by the API, and by the page that their links open.</summary>
internal sealed class InvitationAcceptance(UnitOfWork work, InvitationStore invitations, Passwords passwords)
{
    private Invitation? _invitation;
    private NewMember? _member;

    /// <summary>Finds the invitation and hashes the password, before the action's transaction begins.</summary>
    /// <param name="request">A request that its validator has passed.</param>
    /// <param name="ct">Cancels the wait for a core.</param>
    /// <returns>Why it can't be accepted; null if it may be.</returns>
    public async Task<Error?> PrepareAsync(AcceptInvitationRequest request, CancellationToken ct)
    {
        // The response does not reveal why a token is invalid: never issued, expired, used and revoked look the same.
        var hash = SecretText.HashOf(request.Token!);
        if (await invitations.FindOpenAsync(hash, ct) is not { } invitation)
            return new Error.NotFound("invitation");
        if (WhyNotFor(invitation, request.Email) is { } error)
            return error;
        if (await passwords.HashAsync(request.Password!, invitation.TenantId, ct) is not { } passwordHash)
            return Passwords.TooMany;
        _invitation = invitation;
        _member = new NewMember(
            IdText.NewValue(),
            request.UserName!,
            invitation.Email ?? request.Email,
            invitation.Role,
            passwordHash,
            MustChangePassword: false);
        return null;
    }

    /// <summary>Creates the prepared member in the action's transaction.</summary>
    /// <param name="request">The request that was prepared.</param>
    /// <param name="address">Where it came from, for the audit log.</param>
    /// <param name="ct">Cancels the action.</param>
    public async Task<Result<Member>> AcceptAsync(
        AcceptInvitationRequest request, string? address, CancellationToken ct)
    {
        work.Origin = new(Ids.Member(_member!.Id), address);
        return await invitations.AcceptAsync(work, _invitation!, SecretText.HashOf(request.Token!), _member, ct);
    }

    /// <summary>Commits an acceptance; no node has to learn of it.</summary>
    public Task CommitAsync(CancellationToken ct) => work.CommitAsync(ct);

    private static Error? WhyNotFor(Invitation invitation, string? email) => invitation.Email is { } invited
        && email is not null && !string.Equals(invited, email, StringComparison.OrdinalIgnoreCase)
            ? new Error.RulesBroken("email", "other-address", "The invitation is for another address.")
            : null;
}
