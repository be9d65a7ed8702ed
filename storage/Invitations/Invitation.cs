using Sluice.Storage.Members;

namespace Sluice.Storage.Invitations;

/// <summary>A way into a tenant: for one address, or by a link that several people share.</summary>
public sealed record Invitation
{
    public required long Id { get; init; }

    public required long TenantId { get; init; }

    /// <summary>Null for a shared link.</summary>
    public string? Email { get; init; }

    /// <summary>What its people become; never the owner.</summary>
    public required TenantRole Role { get; init; }

    public required int MaxUses { get; init; }

    public required int Uses { get; init; }

    /// <summary><c>operator</c>, or the id of a member.</summary>
    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How many mails with a link were written; only the last link works.</summary>
    public required int Sendings { get; init; }

    /// <summary>From this instant on nobody comes in by it.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Null while it is open or has merely expired.</summary>
    public InvitationEnd? ClosedAs { get; init; }
}
