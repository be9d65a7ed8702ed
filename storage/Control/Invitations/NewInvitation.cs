using Sluice.Storage.Control.Members;

namespace Sluice.Storage.Control.Invitations;

/// <summary>An invitation to create.</summary>
/// <param name="Id">A new id.</param>
/// <param name="Email">The invited address; null for a shared link.</param>
/// <param name="Role">The role of members who accept it.</param>
/// <param name="TokenHash">The hash of the token in its link.</param>
/// <param name="MaxUses">The number of places; one if there is an address.</param>
/// <param name="ExpiresAt">When it expires.</param>
public sealed record NewInvitation(
    long Id, string? Email, TenantRole Role, byte[] TokenHash, int MaxUses, DateTimeOffset ExpiresAt);
