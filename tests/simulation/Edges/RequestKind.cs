namespace Sluice.Simulation.Edges;

/// <summary>What a client asks for.</summary>
internal enum RequestKind
{
    Consume,
    Record,
    Check,
    Reserve,
    Commit,
}
