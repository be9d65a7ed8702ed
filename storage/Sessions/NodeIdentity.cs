namespace Sluice.Storage.Sessions;

/// <summary>A node as the database knows it, through all of its starts.</summary>
/// <param name="Id">Kept in the node's data folder; a folder that moves to another host gets a new one.</param>
/// <param name="Host">The host that it runs on.</param>
public sealed record NodeIdentity(Guid Id, string Host);
