namespace Sluice.Storage.Control.Keys;

/// <summary>The changes to a key.</summary>
/// <param name="Name">The new name; null leaves it.</param>
/// <param name="ChangesExpiry">Whether to set <paramref name="ExpiresAt"/>; null there removes the expiry.</param>
/// <param name="ExpiresAt">The new expiry.</param>
public sealed record KeyChange(string? Name, bool ChangesExpiry, DateTimeOffset? ExpiresAt);
