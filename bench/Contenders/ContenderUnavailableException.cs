namespace Sluice.Bench.Contenders;

/// <summary>A contender can't run on this machine; the table says why instead of giving a number.</summary>
public sealed class ContenderUnavailableException : Exception
{
    public ContenderUnavailableException()
    {
    }

    public ContenderUnavailableException(string message)
        : base(message)
    {
    }

    public ContenderUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
