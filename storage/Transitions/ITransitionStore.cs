namespace Sluice.Storage.Transitions;

/// <summary>Hands transitions to whoever tells of them.</summary>
public interface ITransitionStore
{
    /// <summary>
    /// Tells the next transitions that nobody has told yet, each exactly once, whoever else does the same meanwhile.
    /// </summary>
    /// <returns>How many; 0 where none is left, or others are at the rest.</returns>
    Task<int> TellAsync(CancellationToken ct);
}
