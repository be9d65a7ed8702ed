namespace Sluice.Storage.Keys;

/// <summary>What to change of a key.</summary>
/// <param name="Name">The new name; null leaves it.</param>
/// <param name="ChangesExpiry">Whether <paramref name="ExpiresAt"/> is meant; null there removes the expiry.</param>
/// <param name="ExpiresAt">The new expiry.</param>
public sealed record KeyChange(string? Name, bool ChangesExpiry, DateTimeOffset? ExpiresAt);
