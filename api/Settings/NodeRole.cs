namespace Sluice.Api.Settings;

/// <summary>The role of a node in its cluster.</summary>
public enum NodeRole
{
    /// <summary>Takes requests and hosts authorities.</summary>
    All = 0,

    /// <summary>Takes requests; the authorities are on other nodes.</summary>
    Api = 1,

    /// <summary>Hosts authorities; answers health checks only.</summary>
    Silo = 2,
}
