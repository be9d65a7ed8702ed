namespace Sluice.Bench.Http;

/// <summary>How long and how often each row is measured.</summary>
internal sealed record HttpPlan(TimeSpan Duration, int Rounds, int Connections)
{
    /// <summary>Time for the JIT, the pools and the caches before measuring.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Connections of the rows that show the effect of concurrency: a group commit shares its cost among all that wait.
    /// </summary>
    public int ManyConnections { get; init; } = 256;

    /// <summary>Connections that carry batches: each already has a thousand events in flight.</summary>
    public int BatchConnections { get; init; } = 8;

    /// <summary>The text_tokens of every event.</summary>
    public long TokensPerEvent { get; init; } = 100;
}
