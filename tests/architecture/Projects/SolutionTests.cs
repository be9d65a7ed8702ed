using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Sluice.Architecture.Projects;

public sealed partial class SolutionTests
{
    /// <summary>These need the Orleans packages, which the node does without.</summary>
    private static readonly string[] ClusterFolders =
    [
        "grain-interfaces", "grains", "silo", "bench/cluster",
        "tests/bench-cluster", "tests/cluster", "tests/grains", "tests/silo",
    ];

    [Fact]
    public void EveryProject_IsInTheSolution() => Assert.Equal(
        Repository.ProjectFiles.Order(),
        ProjectPath().Matches(Repository.Read("Orleans.sln"))
            .Select(m => m.Groups["path"].Value.Replace('\\', '/')).Order());

    [Fact]
    public void EveryProjectThatNeedsNoCluster_IsInTheNodesFilter()
    {
        using var filter = JsonDocument.Parse(Repository.Read("Node.slnf"));
        var listed = filter.RootElement.GetProperty("solution").GetProperty("projects").EnumerateArray()
            .Select(p => p.GetString()!.Replace('\\', '/'));

        Assert.Equal(
            Repository.ProjectFiles.Where(p => !ClusterFolders.Contains(p[..p.LastIndexOf('/')])).Order(),
            listed.Order());
    }

    /// <summary>Or the filter could not be built where the packages are not to be had.</summary>
    [Fact]
    public void NoProjectOfTheNode_RefersToTheCluster() => Findings.AreNone(
        ProjectGraph.Read().Where(p => !ClusterFolders.Contains(p.Key))
            .SelectMany(p => p.Value.Intersect(ClusterFolders).Select(other => $"{p.Key} refers to {other}")));

    [Fact]
    public void VersionsOfPackages_AreInOnePlace() => Assert.DoesNotContain(
        Repository.ProjectFiles, p => PackageVersion().IsMatch(Repository.Read(p)));

    [GeneratedRegex("\"(?<path>[^\"]+\\.csproj)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex ProjectPath();

    [GeneratedRegex("PackageReference[^>]*Version=", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex PackageVersion();
}
