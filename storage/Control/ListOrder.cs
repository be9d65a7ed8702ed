namespace Sluice.Storage.Control;

/// <summary>What a list is sorted by; items that are equal in it come in the order of their ids.</summary>
public enum ListOrder
{
    CreatedAt,

    /// <summary>The name, ignoring case.</summary>
    Name,

    /// <summary>The last use; what was never used comes before everything else.</summary>
    LastUsedAt,

    /// <summary>The expiry; what never expires comes after everything else.</summary>
    ExpiresAt,
}
