namespace Sluice.Engine.Edges;

/// <summary>What an edge holds now.</summary>
/// <param name="Keys">Keys that requests are admitted with.</param>
/// <param name="Scopes">Scopes known.</param>
/// <param name="Waiting">Requests that wait for rights.</param>
/// <param name="Reservations">Holds.</param>
/// <param name="Queued">Events that wait to be written.</param>
/// <param name="AuthorityCalls">Calls to authorities since the start.</param>
public readonly record struct EdgeCounts(
    int Keys, int Scopes, int Waiting, int Reservations, int Queued, long AuthorityCalls);
