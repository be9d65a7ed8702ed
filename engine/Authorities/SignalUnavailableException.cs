namespace Sluice.Engine.Authorities;

/// <summary>A node or an authority can't be reached: the change is saved, but not in force everywhere yet.</summary>
public sealed class SignalUnavailableException : Exception
{
    public SignalUnavailableException()
        : this("A part of the service can't be reached.")
    {
    }

    public SignalUnavailableException(string message)
        : base(message)
    {
    }

    public SignalUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
