namespace Sluice.Api.Settings;

/// <summary>The part that a node plays in its cluster.</summary>
public enum NodeRole
{
    /// <summary>Takes requests and hosts authorities.</summary>
    All = 0,

    /// <summary>Takes requests; the authorities are on other nodes.</summary>
    Api = 1,

    /// <summary>Hosts authorities; of requests it answers health checks only.</summary>
    Silo = 2,
}
