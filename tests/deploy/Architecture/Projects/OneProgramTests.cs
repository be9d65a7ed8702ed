using Xunit;

namespace Sluice.Deploy.Tests.Architecture.Projects;

/// <summary>One program for every size, built in one way.</summary>
public sealed class OneProgramTests
{
    /// <summary>Files that may describe the past: the changelog, and the decision that was replaced.</summary>
    private static readonly string[] History = ["CHANGELOG.md", "docs/adr/0002-two-ways-to-run.md"];

    [Fact]
    public void TheSilo_IsTheOnlyProgramOfANode() => Assert.Equal(
        ["silo/Program.cs"],
        Repository.SourceFiles.Where(f => Repository.IsProduct(f) && Path.GetFileName(f) == "Program.cs"));

    [Fact]
    public void Nothing_TellsOfPackagesThatMayBeMissing()
    {
        // Composed here, so that this file does not contain what it forbids.
        string[] forbidden = [$"Node.{"slnf"}", $"missing_{"orleans"}", $"SLUICE_REQUIRE_{"CLUSTER"}"];

        Findings.AreNone(Repository.Files.Where(f => !History.Contains(f)).SelectMany(f => forbidden
            .Where(part => Repository.Read(f).Contains(part, StringComparison.Ordinal))
            .Select(part => $"{f}: {part}")));
    }
}
