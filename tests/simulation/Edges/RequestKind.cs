namespace Sluice.Simulation.Edges;

/// <summary>The kinds of clients' requests; the last one is an edge's own.</summary>
internal enum RequestKind
{
    Consume,
    Record,
    Check,
    Reserve,
    Commit,
    Release,
    Prolong,
    Expire,
}
