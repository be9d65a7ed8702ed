using Sluice.Metering.Leases.Edge;
using Xunit;

namespace Sluice.Deploy.Tests.Architecture.Projects;

public sealed class DependencyTests
{
    /// <summary>The projects that each project may reference. Dependencies only point down.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["metering"] = [],
        ["storage"] = ["metering"],
        ["engine"] = ["metering", "storage"],
        ["grain-interfaces"] = ["metering"],
        ["grains"] = ["metering", "storage", "engine", "grain-interfaces"],
        ["api"] = ["metering", "storage", "engine"],
        ["client"] = [],
        // It knows the API as others do: through the client.
        ["console"] = ["client"],
        ["silo"] = ["metering", "storage", "engine", "grain-interfaces", "grains", "api", "client", "console"],
    };

    /// <summary>The platform assemblies that the domain may use: computing and collections, and time zones.</summary>
    private static readonly string[] PureAssemblies =
    [
        "System.Runtime", "System.Collections", "System.Collections.Immutable", "System.IO.Hashing", "System.Linq",
        "System.Memory",
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
    public void NothingRefersToTests()
    {
        var tests = Repository.ProjectFiles.Where(p => p.EndsWith(".Tests.csproj", StringComparison.Ordinal))
            .Select(p => p[..p.LastIndexOf('/')]).ToHashSet();

        Findings.AreNone(ProjectGraph.Read()
            .SelectMany(p => p.Value.Where(tests.Contains).Select(other => $"{p.Key} refers to {other}")));
    }
}
