namespace Sluice.LoadTest.Tests.Contract;

/// <summary>Deliberate faults of the contract server. Without any it keeps the contract.</summary>
internal sealed record ContractFaults
{
    /// <summary>
    /// How often a data-plane request is answered 503 before anything is counted: one in so many; 0 is never.
    /// </summary>
    public int UnavailableEvery { get; init; }

    /// <summary>
    /// How often a data-plane request is counted and then its connection cut: one in so many; 0 is never.
    /// </summary>
    public int LoseAnswerEvery { get; init; }

    /// <summary>Tokens that the ledger adds to the first event it counts.</summary>
    public long LedgerErrorTokens { get; init; }

    /// <summary>Tokens that the live counters add to the first event they count.</summary>
    public long StateErrorTokens { get; init; }

    /// <summary>Whether an id is counted again each time it comes.</summary>
    public bool ForgetsIds { get; init; }

    /// <summary>Whether usage may pass the limit.</summary>
    public bool IgnoresLimits { get; init; }

    /// <summary>Whether refused usage is counted all the same.</summary>
    public bool CountsWhatItRefuses { get; init; }
}
