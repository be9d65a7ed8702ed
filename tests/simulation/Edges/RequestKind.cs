namespace Sluice.Simulation.Edges;

/// <summary>The kinds of clients' requests.</summary>
internal enum RequestKind
{
    Consume,
    Record,
    Check,
    Reserve,
    Commit,
}
