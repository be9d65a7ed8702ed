using Sluice.Storage.Members;

namespace Sluice.Storage.Invitations;

/// <summary>An invitation to make.</summary>
/// <param name="Id">New.</param>
/// <param name="Email">Whom; null for a link that is shared.</param>
/// <param name="Role">What people become by it.</param>
/// <param name="TokenHash">Of the token in its link.</param>
/// <param name="MaxUses">How many people; one where there is an address.</param>
/// <param name="ExpiresAt">When it ends.</param>
public sealed record NewInvitation(
    long Id, string? Email, TenantRole Role, byte[] TokenHash, int MaxUses, DateTimeOffset ExpiresAt);
