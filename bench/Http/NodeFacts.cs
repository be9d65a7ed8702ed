namespace Sluice.Bench.Http;

/// <summary>The measurements of a node other than its rates; null or empty if not measured.</summary>
internal sealed record NodeFacts
{
    /// <summary>
    /// Milliseconds from the start of the process to its ready line, on a database that is running and migrated, in the
    /// order of the starts.
    /// </summary>
    public IReadOnlyList<double> StartsMs { get; init; } = [];

    /// <summary>The median of the starts.</summary>
    public double? ReadyAfterMs => StartsMs.Count == 0 ? null : StartsMs.Order().ElementAt(StartsMs.Count / 2);

    /// <summary>Growth of the managed heap per key that was used once and has been idle since, in bytes.</summary>
    public double? BytesPerIdleKey { get; init; }

    /// <summary>Authority calls per second at each request rate, in rising order.</summary>
    public IReadOnlyList<(int RequestsPerSecond, double CallsPerSecond)> AuthorityCalls { get; init; } = [];
}
