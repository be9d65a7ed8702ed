namespace Sluice.LoadTest.Tests.Contract;

/// <summary>What the contract server does wrong on purpose. Without any it keeps the contract.</summary>
internal sealed record ContractFaults
{
    /// <summary>Every so many data-plane requests are answered 503 before anything is counted; 0 is never.</summary>
    public int UnavailableEvery { get; init; }

    /// <summary>Every so many data-plane requests are counted, and then the connection is cut; 0 is never.</summary>
    public int LoseAnswerEvery { get; init; }

    /// <summary>Tokens that the ledger adds to the first event it counts.</summary>
    public long LedgerErrorTokens { get; init; }

    /// <summary>Tokens that the live counters add to the first event they count.</summary>
    public long StateErrorTokens { get; init; }

    /// <summary>Counts an id again each time it comes.</summary>
    public bool ForgetsIds { get; init; }

    /// <summary>Lets usage pass the limit.</summary>
    public bool IgnoresLimits { get; init; }

    /// <summary>Refuses, and counts all the same.</summary>
    public bool CountsWhatItRefuses { get; init; }
}
