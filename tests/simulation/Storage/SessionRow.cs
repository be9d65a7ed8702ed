using Sluice.Metering.Identity;

namespace Sluice.Simulation.Storage;

/// <summary>One start of one edge.</summary>
internal sealed class SessionRow(SessionId id, long nowUs)
{
    public SessionId Id { get; } = id;

    public bool Fenced { get; set; }

    public bool Settled { get; set; }

    public long LastBeatUs { get; set; } = nowUs;

    public long LastBatch { get; set; }

    public BatchResult? LastResult { get; set; }
}
