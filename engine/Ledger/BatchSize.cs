namespace Sluice.Engine.Ledger;

/// <summary>
/// Fits the size of batches to the speed of the store: everybody's answers wait for the batch that is being written, so
/// a slow store gets small ones.
/// </summary>
internal sealed class BatchSize
{
    /// <summary>Maximum lines of the next batch.</summary>
    public int LinesMax { get; private set; } = LedgerBounds.BatchLinesFirst;

    /// <summary>Notes a batch that was written.</summary>
    public void OnWritten(int lines, long tookMs)
    {
        if (tookMs > LedgerBounds.BatchTargetMs && lines > LinesMax / 2)
            LinesMax = Math.Max(LedgerBounds.BatchLinesMin, LinesMax * 2 / 3);
        else if (tookMs < LedgerBounds.BatchTargetMs / 2 && lines >= LinesMax)
            LinesMax = Math.Min(LedgerBounds.BatchLinesMax, LinesMax * 5 / 4);
    }

    /// <summary>Notes a batch that failed; its size may be the reason.</summary>
    public void OnFailed() => LinesMax = Math.Max(LedgerBounds.BatchLinesMin, LinesMax / 2);
}
