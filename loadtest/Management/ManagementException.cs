using System.Net;

namespace Sluice.LoadTest.Management;

/// <summary>The management API refused a call; the message is the server's.</summary>
public sealed class ManagementException : Exception
{
    public ManagementException()
    {
    }

    public ManagementException(string message)
        : base(message)
    {
    }

    public ManagementException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The response's status; null if there was no response.</summary>
    public HttpStatusCode? Status { get; init; }
}
