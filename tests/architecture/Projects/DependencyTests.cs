using Sluice.Metering.Leases.Edge;
using Xunit;

namespace Sluice.Architecture.Projects;

public sealed class DependencyTests
{
    /// <summary>Who may refer to whom. The only way is down.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["metering"] = [],
        ["storage"] = ["metering"],
        ["engine"] = ["metering", "storage"],
        ["api"] = ["metering", "storage", "engine", "console"],
        ["grain-interfaces"] = ["metering"],
        ["grains"] = ["metering", "storage", "engine", "grain-interfaces"],
        ["silo"] = ["metering", "storage", "engine", "api", "console", "grain-interfaces", "grains"],
        ["console"] = ["metering", "storage", "engine"],
        ["client"] = [],
    };

    /// <summary>What the domain may use of the platform: computing and collections, and time zones.</summary>
    private static readonly string[] PureAssemblies =
    [
        "System.Runtime", "System.Collections", "System.Collections.Immutable", "System.Linq", "System.Memory",
        "System.Runtime.InteropServices", "System.Security.Cryptography", "System.Text.Encoding.Extensions", "NodaTime",
    ];

    [Fact]
    public void ProductsReferOnlyToWhatLiesBelowThem()
    {
        var graph = ProjectGraph.Read();
        var wrong = graph.Where(p => Repository.IsProduct(p.Key))
            .SelectMany(p => p.Value.Except(Allowed[p.Key]).Select(other => $"{p.Key} refers to {other}"));

        Assert.Contains("storage", graph["engine"]);
        Findings.AreNone(wrong);
    }

    [Fact]
    public void TheDomain_DoesNoInputOrOutput()
    {
        var used = typeof(EdgeCore).Assembly.GetReferencedAssemblies().Select(a => a.Name!);

        Findings.AreNone(used.Except(PureAssemblies));
    }

    [Fact]
    public void NoTestRefersToAnotherProjectsTests()
    {
        var tests = ProjectGraph.Read().Where(p => p.Key.StartsWith("tests/", StringComparison.Ordinal));

        Findings.AreNone(tests.SelectMany(p => p.Value
            .Where(other => other.StartsWith("tests/", StringComparison.Ordinal) && other != "tests/support")
            .Select(other => $"{p.Key} refers to {other}")));
    }
}
