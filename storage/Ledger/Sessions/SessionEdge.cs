namespace Sluice.Storage.Ledger.Sessions;

/// <summary>How to reach the edge of a session, and how to know it.</summary>
/// <param name="Address">The address at which authorities reach the edge.</param>
/// <param name="Secret">The secret that seals messages from and to it; null if an older version opened the session.
/// </param>
public sealed record SessionEdge(string Address, byte[]? Secret);
