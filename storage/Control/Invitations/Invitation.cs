using Sluice.Storage.Control.Members;

namespace Sluice.Storage.Control.Invitations;

/// <summary>An invitation to a tenant: for one address, or as a link that several people share.</summary>
public sealed record Invitation
{
    public required long Id { get; init; }

    public required long TenantId { get; init; }

    /// <summary>The invited address; null for a shared link.</summary>
    public string? Email { get; init; }

    /// <summary>The role of members who accept it; never the owner.</summary>
    public required TenantRole Role { get; init; }

    public required int MaxUses { get; init; }

    public required int Uses { get; init; }

    /// <summary>The creator: <c>operator</c>, or the id of a member.</summary>
    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The number of mails written with a link; only the last link works.</summary>
    public required int Sendings { get; init; }

    /// <summary>First instant at which it can no longer be accepted.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Why it was closed; null while it is open or has merely expired.</summary>
    public InvitationEnd? ClosedAs { get; init; }
}
