namespace Sluice.Storage.Accounts;

/// <summary>A session to open.</summary>
/// <param name="Id">New.</param>
/// <param name="TokenHash">SHA-256 of the session's secret.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
public sealed record NewSession(long Id, byte[] TokenHash, DateTimeOffset ExpiresAt);
