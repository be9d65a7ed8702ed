namespace Sluice.Api.Webhooks;

/// <summary>
/// A delivery was to go somewhere that is not the public internet. Where exactly is not said: whoever reads it in the
/// log of deliveries is not to learn addresses inside the network.
/// </summary>
internal sealed class PrivateTargetException : Exception
{
    public PrivateTargetException()
        : base("The address does not lead to the public internet; deliveries into private networks are not allowed.")
    {
    }

    public PrivateTargetException(string message)
        : base(message)
    {
    }

    public PrivateTargetException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
