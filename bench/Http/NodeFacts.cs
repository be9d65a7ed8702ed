namespace Sluice.Bench.Http;

/// <summary>What is true of a node beside its rates. Null is not measured.</summary>
internal sealed record NodeFacts
{
    /// <summary>Median of some starts on a database that is up and migrated, in milliseconds.</summary>
    public double? ReadyAfterMs { get; init; }

    /// <summary>Growth of the managed heap for each key that was used once and lies idle, in bytes.</summary>
    public double? BytesPerIdleKey { get; init; }

    /// <summary>Authority calls per second at each rate of requests, in rising order.</summary>
    public IReadOnlyList<(int RequestsPerSecond, double CallsPerSecond)> AuthorityCalls { get; init; } = [];

    /// <summary>Why some of it was not measured.</summary>
    public string? Gap { get; init; }
}
