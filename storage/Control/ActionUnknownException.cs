namespace Sluice.Storage.Control;

/// <summary>
/// The store became unreachable while an action was being committed: it happened as a whole or not at all, and this
/// node can't know which. Sent again with the same idempotency key, it happens once.
/// </summary>
public sealed class ActionUnknownException : Exception
{
    private const string Text = "The store went away while the action was being committed.";

    public ActionUnknownException()
        : base(Text)
    {
    }

    public ActionUnknownException(string message)
        : base(message)
    {
    }

    public ActionUnknownException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal static ActionUnknownException Because(Exception cause) => new(Text, cause);
}
