namespace Sluice.Api.Webhooks;

/// <summary>
/// A delivery's target is not on the public internet. The exception does not name the address: readers of the delivery
/// log must not learn addresses inside the network.
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
