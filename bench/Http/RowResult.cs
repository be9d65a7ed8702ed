using Sluice.LoadTest.Latency;

namespace Sluice.Bench.Http;

/// <summary>The measurements of one row over all rounds.</summary>
internal sealed class RowResult(string name, int connections)
{
    private readonly List<(double EventsPerSecond, LatencySummary Latency)> _rounds = [];

    public string Name { get; } = name;

    public int Connections { get; } = connections;

    /// <summary>The same row of another build; null without one.</summary>
    public RowResult? OtherBuild { get; init; }

    /// <summary>Why there is no figure; null if there is one.</summary>
    public string? NotRunBecause { get; set; }

    /// <summary>The rate of each round, in order of measurement.</summary>
    public IReadOnlyList<double> Rates => [.. _rounds.Select(round => round.EventsPerSecond)];

    /// <summary>The median round's rate, or null.</summary>
    public double? EventsPerSecond => NotRunBecause is null && _rounds.Count > 0 ? Median.EventsPerSecond : null;

    /// <summary>The latencies of the round with the median rate.</summary>
    public LatencySummary Latency => Median.Latency;

    /// <summary>The slowest and the fastest round: how far to trust the median.</summary>
    public (double Slowest, double Fastest) Span =>
        (_rounds.Min(round => round.EventsPerSecond), _rounds.Max(round => round.EventsPerSecond));

    private (double EventsPerSecond, LatencySummary Latency) Median =>
        _rounds.OrderBy(round => round.EventsPerSecond).ElementAt(_rounds.Count / 2);

    /// <summary>Lists all rows in order of measurement: each followed by that of the other build.</summary>
    public static IReadOnlyList<RowResult> WithOtherBuilds(IEnumerable<RowResult> rows) =>
        [.. rows.SelectMany(row => row.OtherBuild is null ? [row] : new[] { row, row.OtherBuild })];

    public void Add(double eventsPerSecond, LatencySummary latency) => _rounds.Add((eventsPerSecond, latency));
}
