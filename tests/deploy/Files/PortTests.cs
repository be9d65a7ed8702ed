using System.Text.RegularExpressions;
using Xunit;

namespace Sluice.Deploy.Tests.Files;

/// <summary>
/// Ports between nodes are free ones by default. If a firewall or a network policy must name them they are set, and
/// then to the same ones in every file.
/// </summary>
public sealed partial class PortTests
{
    private static readonly string Silo = OfTheImage("SLUICE_SILO_PORT");

    private static readonly string Gateway = OfTheImage("SLUICE_GATEWAY_PORT");

    [Fact]
    public void TheContainer_ExposesWhatItListensOn()
    {
        var exposed = Exposed().Matches(Repository.Read("deploy/container/Dockerfile"))
            .SelectMany(static m => m.Groups["ports"].Value.Split(' '));

        Assert.Equal([HttpPort("deploy/container/Dockerfile"), Silo, Gateway], exposed);
    }

    [Fact]
    public void Compose_PublishesWhatNodesListenOn_AndGivesEachItsOwnName()
    {
        const string file = "deploy/compose/compose.yaml";
        var nodes = YamlFile.Read(file)[0].Entries("services")
            .Where(static s => s.Key.StartsWith("node-", StringComparison.Ordinal))
            .Select(static s => s.Value).ToList();

        Assert.Equal(3, nodes.Count);
        for (var i = 0; i < nodes.Count; i++)
        {
            Assert.Equal([$"127.0.0.1:{8080 + i}:{HttpPort(file)}"], nodes[i].Texts("ports"));
            Assert.Equal(
                nodes[i].Text("networks", "cluster", "ipv4_address"),
                nodes[i].Text("environment", "SLUICE_SILO_ADDRESS"));
            Assert.Equal($"node-{i}", nodes[i].Text("hostname"));
            Assert.Equal(Silo, nodes[i].Text("environment", "SLUICE_SILO_PORT"));
            Assert.Equal(Gateway, nodes[i].Text("environment", "SLUICE_GATEWAY_PORT"));
        }
    }

    [Theory]
    [InlineData("deploy/kubernetes/base/statefulset.yaml")]
    [InlineData("deploy/kubernetes/split/api.yaml")]
    public void Pods_NameThePortsThatTheyListenOn(string file)
    {
        var pod = YamlFile.Read(file)[0];
        var container = Assert.Single(pod.Items("spec", "template", "spec", "containers"));
        var ports = container.Items("ports").ToDictionary(p => p.Text("name")!, p => p.Text("containerPort"));
        var settings = container.Items("env").ToDictionary(e => e.Text("name")!, e => e.Text("value"));
        var hostsAuthorities = settings["SLUICE_ROLE"] != "api";

        Assert.Equal(HttpPort(file), ports["http"]);
        Assert.Equal(hostsAuthorities ? Silo : null, ports.GetValueOrDefault("silo"));
        Assert.Equal(hostsAuthorities ? Gateway : null, ports.GetValueOrDefault("gateway"));
        Assert.Equal(ports.GetValueOrDefault("silo"), settings.GetValueOrDefault("SLUICE_SILO_PORT"));
        Assert.Equal(ports.GetValueOrDefault("gateway"), settings.GetValueOrDefault("SLUICE_GATEWAY_PORT"));
    }

    [Fact]
    public void TheUnitsExample_HasTheSamePorts()
    {
        var example = Repository.Read("deploy/systemd/sluice.env.example");

        Assert.Contains($"#SLUICE_SILO_PORT={Silo}\n", example, StringComparison.Ordinal);
        Assert.Contains($"#SLUICE_GATEWAY_PORT={Gateway}\n", example, StringComparison.Ordinal);
    }

    /// <summary>Returns the port of <c>SLUICE_LISTEN</c> in a file.</summary>
    private static string HttpPort(string file) =>
        Listen().Match(Repository.Read(file)).Groups["port"].Value;

    private static string OfTheImage(string setting) => Regex.Match(
        Repository.Read("deploy/container/Dockerfile"), $@"\b{setting}=(?<port>\d+)", RegexOptions.None,
        TimeSpan.FromSeconds(1)).Groups["port"].Value;

    [GeneratedRegex("^EXPOSE (?<ports>.+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1_000)]
    private static partial Regex Exposed();

    [GeneratedRegex(@"http://\*:(?<port>\d+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Listen();
}
