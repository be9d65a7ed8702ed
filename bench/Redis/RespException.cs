namespace Sluice.Bench.Redis;

/// <summary>Redis refused a command, or can't be asked.</summary>
public sealed class RespException : Exception
{
    public RespException()
    {
    }

    public RespException(string message)
        : base(message)
    {
    }

    public RespException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
