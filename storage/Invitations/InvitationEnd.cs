namespace Sluice.Storage.Invitations;

/// <summary>Why an invitation is no longer one. The numbers are stored.</summary>
public enum InvitationEnd : short
{
    /// <summary>As many people as it was for have come in.</summary>
    Used = 0,

    Revoked = 1,

    /// <summary>It had expired, and the address was invited again.</summary>
    Replaced = 2,
}
