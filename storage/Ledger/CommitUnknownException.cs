namespace Sluice.Storage.Ledger;

/// <summary>The connection broke while a batch was committing: it may or may not be on disk.</summary>
public sealed class CommitUnknownException : Exception
{
    public CommitUnknownException()
        : this("The outcome of a commit is unknown.")
    {
    }

    public CommitUnknownException(string message)
        : base(message)
    {
    }

    public CommitUnknownException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
