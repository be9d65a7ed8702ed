namespace Sluice.Storage.Ledger.Sessions;

/// <summary>The identity of a node in the database, across restarts.</summary>
/// <param name="Id">Stored in the node's data folder; a folder that moves to another host gets a new one.</param>
/// <param name="Host">The host that it runs on.</param>
public sealed record NodeIdentity(Guid Id, string Host);
