using System.Globalization;
using Sluice.LoadTest.Processes;

namespace Sluice.Deploy.Tests;

/// <summary>Starts <c>./run cluster</c> on free ports, and knows the files that it leaves in its data folder.</summary>
internal static class ClusterRun
{
    /// <summary>Returns settings for a number of nodes, which choose the ports between them themselves.</summary>
    public static Dictionary<string, string> Settings(int nodes) => SettingsOf(FreePorts.Row(nodes));

    /// <summary>
    /// Returns settings that also set the ports between nodes: one row of ports for all three purposes.
    /// </summary>
    public static Dictionary<string, string> SettingsWithAllPorts(int nodes)
    {
        var first = FreePorts.Row(3 * nodes);
        var settings = SettingsOf(first);
        settings["SLUICE_SILO_PORT"] = $"{first + nodes}";
        settings["SLUICE_GATEWAY_PORT"] = $"{first + (2 * nodes)}";
        return settings;
    }

    public static NodeRun Launch(Sandbox sandbox, int nodes, Dictionary<string, string> settings) =>
        new(sandbox.Launch("bash", settings, Repository.PathOf("run"), "cluster", $"{nodes}"));

    /// <summary>Returns the process id that a node reports.</summary>
    public static int NodeId(Sandbox sandbox, int node) => int.Parse(
        File.ReadAllText(Path.Combine(sandbox.Data, $"node-{node}.pid")).Trim(), CultureInfo.InvariantCulture);

    private static Dictionary<string, string> SettingsOf(int listenPort) => new()
    {
        ["SLUICE_SKIP_BUILD"] = "1",
        ["SLUICE_POSTGRES"] = "",
        ["SLUICE_LISTEN"] = $"http://127.0.0.1:{listenPort}",
    };
}
