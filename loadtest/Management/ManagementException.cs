using System.Net;

namespace Sluice.LoadTest.Management;

/// <summary>The management API refused a call, in its own words.</summary>
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

    /// <summary>The answer's status, or null when nobody answered.</summary>
    public HttpStatusCode? Status { get; init; }
}
