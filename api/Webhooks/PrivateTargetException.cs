namespace Sluice.Api.Webhooks;

/// <summary>
/// The URL of a webhook has a private address in it. The exception is not for a name: that it resolves to a private
/// address would tell readers of the delivery log which names there are inside.
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
