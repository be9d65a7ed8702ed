using System.Globalization;
using Sluice.LoadTest.Processes;
using Xunit;

namespace Sluice.Deploy.Tests;

/// <summary>Starts <c>./run cluster</c> on free ports, and knows what it leaves in its data folder.</summary>
internal static class ClusterRun
{
    /// <summary>Skips the test where the cluster's program, which needs Orleans, is not built.</summary>
    public static void NeedsItsProgram() => Assert.SkipUnless(
        File.Exists(Repository.PathOf("silo", "bin", "Release", "net10.0", "Sluice.Silo.dll")),
        "the cluster's program is not built; ./test builds it where the Orleans packages are to be had");

    /// <summary>Settings for so many nodes.</summary>
    public static Dictionary<string, string> Settings(int nodes)
    {
        // One row for all three purposes, so that they can't get into each other's way.
        var first = FreePorts.Row(3 * nodes);
        return new Dictionary<string, string>
        {
            ["SLUICE_SKIP_BUILD"] = "1",
            ["SLUICE_POSTGRES"] = "",
            ["SLUICE_LISTEN"] = $"http://127.0.0.1:{first}",
            ["SLUICE_SILO_PORT"] = $"{first + nodes}",
            ["SLUICE_GATEWAY_PORT"] = $"{first + (2 * nodes)}",
        };
    }

    public static NodeRun Launch(Sandbox sandbox, int nodes, Dictionary<string, string> settings) =>
        new(sandbox.Launch("bash", settings, Repository.PathOf("run"), "cluster", $"{nodes}"));

    /// <summary>The process id of a node, as it says itself.</summary>
    public static int NodeId(Sandbox sandbox, int node) => int.Parse(
        File.ReadAllText(Path.Combine(sandbox.Data, $"node-{node}.pid")).Trim(), CultureInfo.InvariantCulture);
}
