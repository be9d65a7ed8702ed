using Sluice.Storage.Members;

namespace Sluice.Storage.Accounts;

/// <summary>What a member signs in with.</summary>
public sealed record Account
{
    public required long MemberId { get; init; }

    public required long TenantId { get; init; }

    public required string UserName { get; init; }

    public required TenantRole Role { get; init; }

    /// <summary>As ASP.NET Core Identity hashes passwords.</summary>
    public required string PasswordHash { get; init; }

    public required bool MustChangePassword { get; init; }

    /// <summary>Sealed; null where no second factor was begun.</summary>
    public byte[]? TotpSecret { get; init; }

    /// <summary>Null while the second factor is not in use.</summary>
    public DateTimeOffset? TotpConfirmedAt { get; init; }

    /// <summary>The last step whose code was accepted.</summary>
    public required long TotpStep { get; init; }

    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>The tenant demands a second factor of everybody.</summary>
    public required bool RequiresSecondFactor { get; init; }
}
