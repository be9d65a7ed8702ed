namespace Sluice.Simulation.Runs;

/// <summary>An invariant of docs/protocol does not hold.</summary>
internal sealed class InvariantViolation(string invariant, string message) : Exception($"{invariant}: {message}")
{
    public string Invariant { get; } = invariant;
}
