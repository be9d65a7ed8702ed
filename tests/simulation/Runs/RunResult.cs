namespace Sluice.Simulation.Runs;

/// <summary>How a seed ended.</summary>
internal sealed record RunResult(
    ulong Seed,
    string? Failure,
    string? Invariant,
    ulong Hash,
    long Events,
    IReadOnlyDictionary<string, long> Counts,
    IReadOnlyList<string> LastLines)
{
    /// <summary>Returns what a person needs in order to reproduce it.</summary>
    public string Report() => string.Join(
        Environment.NewLine,
        [
            $"seed {Seed} failed: {Failure}",
            $"replay: ./test simulate --seeds 1 --from {Seed}",
            .. LastLines,
        ]);
}
