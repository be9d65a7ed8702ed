namespace Sluice.Deploy.Tests;

/// <summary>The paths at which a node reports its health.</summary>
internal static class HealthPaths
{
    /// <summary>Answers while the process lives.</summary>
    public const string Live = "/health/live";

    /// <summary>Answers 200 if the node can take requests: store, cluster and metering are available.</summary>
    public const string Ready = "/health/ready";
}
