using Sluice.Storage.Control.Members;

namespace Sluice.Storage.Control.Accounts;

/// <summary>The member behind a session or an access token, with everything that permissions depend on.</summary>
public sealed record CallerRow
{
    /// <summary>The id of the session or of the access token.</summary>
    public required long CredentialId { get; init; }

    public required long MemberId { get; init; }

    public required long TenantId { get; init; }

    public required string UserName { get; init; }

    public required TenantRole Role { get; init; }

    public required bool MustChangePassword { get; init; }

    public required bool HasSecondFactor { get; init; }

    public required bool RequiresSecondFactor { get; init; }

    /// <summary>Whether the tenant keeps appointing and demoting administrators to its owner.</summary>
    public required bool OwnerAppointsAdministrators { get; init; }

    /// <summary>The scopes of an access token; null for a session.</summary>
    public string[]? Scopes { get; init; }

    /// <summary>The projects of a plain member, including the default one.</summary>
    public long[] ProjectIds { get; init; } = [];

    /// <summary>The role in each of these projects, in the same order.</summary>
    public short[] ProjectRoles { get; init; } = [];
}
