using Sluice.Storage.Control;

namespace Sluice.Storage.Members;

/// <summary>The people of the tenants. Deleted tenants have none.</summary>
public interface IMemberStore
{
    /// <summary>All that are not removed.</summary>
    Task<Result<Page<Member>>> ListAsync(long tenantId, PageRequest page, CancellationToken ct);

    /// <summary>The member unless it is unknown or removed.</summary>
    Task<Member?> FindAsync(long tenantId, long memberId, CancellationToken ct);

    /// <summary>
    /// The member, removed or not. No other action changes it or anyone in its tenant until this one ends, so what is
    /// decided by what was read still holds when it is written.
    /// </summary>
    Task<Member?> LockAsync(UnitOfWork tx, long tenantId, long memberId, CancellationToken ct);

    /// <summary>Refused where the tenant has a member of this user name.</summary>
    Task<Result<Member>> CreateAsync(UnitOfWork tx, long tenantId, NewMember member, CancellationToken ct);

    /// <summary>Gives a locked member another role, not the owner's.</summary>
    Task<Member> SetRoleAsync(UnitOfWork tx, Member member, TenantRole role, CancellationToken ct);

    /// <summary>
    /// Makes a locked member the owner and the owner an administrator. Refused where somebody else has become the owner
    /// since the request was let in.
    /// </summary>
    /// <param name="tx">The action.</param>
    /// <param name="member">The next owner.</param>
    /// <param name="asOwner">The member who acts as the owner; null for the operator.</param>
    /// <param name="ct">Cancels the action.</param>
    Task<Result<Member>> TransferOwnershipAsync(
        UnitOfWork tx, Member member, long? asOwner, CancellationToken ct);

    /// <summary>Sets a one-time password and ends the member's sessions and access tokens.</summary>
    Task ResetPasswordAsync(UnitOfWork tx, Member member, string passwordHash, CancellationToken ct);

    /// <summary>Removes the second factor with its recovery codes and ends the member's sessions.</summary>
    Task ResetSecondFactorAsync(UnitOfWork tx, Member member, CancellationToken ct);

    /// <summary>
    /// Removes a locked member with all that is the member's own: the personal key, sessions, access tokens, the seat
    /// with its key, the places in projects, the second factor. Doing so twice is no error.
    /// </summary>
    /// <returns>The keys that are dead now, also those of the first time.</returns>
    Task<IReadOnlyList<long>> RemoveAsync(UnitOfWork tx, Member member, CancellationToken ct);
}
