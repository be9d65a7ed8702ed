namespace Sluice.Deploy.Tests;

/// <summary>Where a node answers for its health.</summary>
internal static class HealthPaths
{
    /// <summary>The process answers.</summary>
    public const string Live = "/health/live";

    /// <summary>The node can take requests: store, cluster and metering are there.</summary>
    public const string Ready = "/health/ready";
}
