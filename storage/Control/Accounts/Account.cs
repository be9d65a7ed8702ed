using Sluice.Storage.Control.Members;

namespace Sluice.Storage.Control.Accounts;

/// <summary>The sign-in data of a member.</summary>
public sealed record Account
{
    public required long MemberId { get; init; }

    public required long TenantId { get; init; }

    public required string UserName { get; init; }

    public required TenantRole Role { get; init; }

    /// <summary>The hash of the password, in the format of ASP.NET Core Identity.</summary>
    public required string PasswordHash { get; init; }

    public required bool MustChangePassword { get; init; }

    /// <summary>The encrypted secret; null if enrolment of a second factor was never started.</summary>
    public byte[]? TotpSecret { get; init; }

    /// <summary>When the second factor was confirmed; null while it is not in use.</summary>
    public DateTimeOffset? TotpConfirmedAt { get; init; }

    /// <summary>The last time step whose code was accepted.</summary>
    public required long TotpStep { get; init; }

    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>Whether the tenant requires a second factor of every member.</summary>
    public required bool RequiresSecondFactor { get; init; }
}
