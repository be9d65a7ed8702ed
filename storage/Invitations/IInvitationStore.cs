using Sluice.Storage.Control;
using Sluice.Storage.Members;

namespace Sluice.Storage.Invitations;

/// <summary>The invitations into the tenants. What ends one also keeps its mail from going out.</summary>
public interface IInvitationStore
{
    /// <summary>Those that are open, and those that have expired and may be sent again.</summary>
    Task<Result<Page<Invitation>>> ListAsync(long tenantId, PageRequest page, CancellationToken ct);

    /// <summary>
    /// Refused where the address is a member's or has an open invitation; one that has expired is replaced.
    /// </summary>
    Task<Result<Invitation>> CreateAsync(
        UnitOfWork tx, long tenantId, NewInvitation invitation, CancellationToken ct);

    /// <summary>The invitation, closed or not; nobody changes it until the action ends.</summary>
    Task<Invitation?> LockAsync(UnitOfWork tx, long tenantId, long invitationId, CancellationToken ct);

    /// <summary>Gives a locked, open invitation to an address another token and another end.</summary>
    Task<Result<Invitation>> RenewAsync(
        UnitOfWork tx, Invitation invitation, byte[] tokenHash, DateTimeOffset expiresAt, CancellationToken ct);

    /// <summary>Ends a locked invitation. Doing so twice is no error; what was used up can't be undone.</summary>
    Task<Result<Invitation>> RevokeAsync(UnitOfWork tx, Invitation invitation, CancellationToken ct);

    /// <summary>The invitation that somebody can come in by now with the token of this hash.</summary>
    Task<Invitation?> FindOpenAsync(byte[] tokenHash, CancellationToken ct);

    /// <summary>
    /// Uses up one place and makes the member, or neither. Refused, in the same words for every reason, where no place
    /// is left by now; refused where the user name is taken.
    /// </summary>
    /// <param name="tx">The action.</param>
    /// <param name="invitation">As it was found.</param>
    /// <param name="tokenHash">What it was found by: since then it may have been sent again.</param>
    /// <param name="member">Who comes in.</param>
    /// <param name="ct">Cancels the action.</param>
    Task<Result<Member>> AcceptAsync(
        UnitOfWork tx, Invitation invitation, byte[] tokenHash, NewMember member, CancellationToken ct);
}
