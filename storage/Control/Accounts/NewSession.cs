namespace Sluice.Storage.Control.Accounts;

/// <summary>A session to open.</summary>
/// <param name="Id">A new id.</param>
/// <param name="TokenHash">SHA-256 of the session's secret.</param>
/// <param name="ExpiresAt">When the session expires.</param>
public sealed record NewSession(long Id, byte[] TokenHash, DateTimeOffset ExpiresAt);
