namespace Sluice.Storage.Control.Credentials;

/// <summary>The reason why nothing new may be admitted with a key, apart from its expiry.</summary>
public enum KeyEnd
{
    /// <summary>The key may be used until it expires.</summary>
    None,

    /// <summary>The key was deleted, or its project, its member or its tenant.</summary>
    Deleted,

    /// <summary>The seat of the key was reclaimed, or is held by another member.</summary>
    Reclaimed,

    /// <summary>The tenant is suspended; the key works again when the tenant is resumed.</summary>
    Suspended,
}
