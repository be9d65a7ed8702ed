namespace Sluice.Storage.Ledger.Entries;

/// <summary>Another node has ended this session: nothing of the batch was written, and nothing ever will be.</summary>
public sealed class LedgerFencedException : Exception
{
    public LedgerFencedException()
        : this("The session was fenced.")
    {
    }

    public LedgerFencedException(string message)
        : base(message)
    {
    }

    public LedgerFencedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
