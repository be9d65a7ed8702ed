using System.Text.RegularExpressions;
using Xunit;

namespace Sluice.Deploy.Tests.Architecture.Projects;

public sealed partial class SolutionTests
{
    /// <summary>The most projects: each costs every build some seconds, and its reader a place to look at.</summary>
    private const int ProjectsMax = 20;

    private static string[] Listed =>
    [
        .. ProjectPath().Matches(Repository.Read("Orleans.sln"))
            .Select(m => m.Groups["path"].Value.Replace('\\', '/')).Order(),
    ];

    [Fact]
    public void EveryProject_IsInTheSolution() => Assert.Equal(Repository.ProjectFiles.Order(), Listed);

    [Fact]
    public void TheSolution_HasFewProjects() =>
        Assert.True(Listed.Length <= ProjectsMax, $"{Listed.Length} projects; at most {ProjectsMax}");

    [Fact]
    public void TheSolution_IsTheOnlyOne() => Assert.Equal(
        ["Orleans.sln"], Repository.Files.Where(f => Path.GetExtension(f) is ".sln" or ".slnf" or ".slnx"));

    /// <summary>Code that two projects need is a library that both reference.</summary>
    [Fact]
    public void NoProject_CompilesAnothersSources() => Findings.AreNone(
        Repository.ProjectFiles.SelectMany(p => SourceOutside().Matches(Repository.Read(p))
            .Select(m => $"{p}: {m.Value}")));

    [Fact]
    public void VersionsOfPackages_AreInOnePlace() => Assert.DoesNotContain(
        Repository.ProjectFiles, p => PackageVersion().IsMatch(Repository.Read(p)));

    [GeneratedRegex("\"(?<path>[^\"]+\\.csproj)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex ProjectPath();

    [GeneratedRegex(
        @"<Compile\s+Include=""[^""]*\.\.[\\/][^""]*""", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex SourceOutside();

    [GeneratedRegex("PackageReference[^>]*Version=", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex PackageVersion();
}
