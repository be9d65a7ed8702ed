namespace Sluice.Storage.Control.Invitations;

/// <summary>Why an invitation was closed. The numbers are stored.</summary>
public enum InvitationEnd : short
{
    /// <summary>All places of the invitation have been used.</summary>
    Used = 0,

    Revoked = 1,

    /// <summary>The invitation had expired, and the address was invited again.</summary>
    Replaced = 2,
}
