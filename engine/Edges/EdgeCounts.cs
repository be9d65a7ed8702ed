namespace Sluice.Engine.Edges;

/// <summary>Counters of an edge, for diagnostics.</summary>
/// <param name="Keys">Keys with which requests are admitted.</param>
/// <param name="Scopes">Known scopes.</param>
/// <param name="Waiting">Requests waiting for rights.</param>
/// <param name="Reservations">Open reservations.</param>
/// <param name="Queued">Events waiting to be written.</param>
/// <param name="AuthorityCalls">Calls to authorities since the start.</param>
/// <param name="PendingSums">Rows of usage sums waiting to be written.</param>
/// <param name="FoldedSums">Sums folded into those of other labels since the start.</param>
public readonly record struct EdgeCounts(
    int Keys,
    int Scopes,
    int Waiting,
    int Reservations,
    int Queued,
    long AuthorityCalls,
    int PendingSums,
    long FoldedSums);
