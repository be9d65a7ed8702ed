using System.Xml.Linq;
using Xunit;

namespace Sluice.Deploy.Tests.Architecture.Folders;

public sealed class FolderTests
{
    public static TheoryData<string> Projects => [.. Repository.Products, "loadtest", "bench"];

    /// <summary>
    /// Two folders that use each other are one thing in two places: neither can be read, or changed, alone.
    /// </summary>
    [Theory]
    [MemberData(nameof(Projects))]
    public void NoTwoFolders_UseEachOther(string project)
    {
        var graph = new FolderGraph(Repository.SourceFiles
            .Where(file => file.StartsWith($"{project}/", StringComparison.Ordinal)).Select(Repository.Read),
            UsingsOf(project));

        Assert.True(graph.Count > 0, "no folders were found");
        Findings.AreNone(graph.Cycles());
    }

    [Fact]
    public void ACycle_IsFound_ThroughAUsingOfTheWholeProject() => Assert.Equal(
        ["A.One and A.Two use each other"],
        new FolderGraph(
            [
                "using A.Two;\nnamespace A.One;\nclass First { Second? _other; }",
                "namespace A.Two;\nclass Second { First? _other; }",
            ],
            ["A.One"]).Cycles());

    [Fact]
    public void ACycle_IsFound_ByDirectiveByTypeAndThroughAThird()
    {
        var graph = new FolderGraph(
        [
            "using A.Two;\nnamespace A.One;\nclass First { Second? _other; }",
            "using A.Three;\nnamespace A.Two;\nclass Second { Third? _other; }",
            "using A.One;\nnamespace A.Three;\nclass Third { First? _other; }",
            "namespace A;\nclass Root;",
            "namespace A.Four;\nclass Fourth { Root? _root; /* Second */ }",
        ],
        []);

        Assert.Equal(
            ["A.One and A.Three use each other", "A.One and A.Two use each other", "A.Three and A.Two use each other"],
            graph.Cycles());
    }

    /// <summary>A reader of "it is in Metering" should not have to ask which one.</summary>
    [Fact]
    public void NoFolder_IsNamedAsAProjectIs() => Findings.AreNone(
        from file in Repository.SourceFiles.Where(Repository.IsProduct)
        let parts = file.Split('/')
        from folder in parts[1..^1].Distinct()
        where Repository.Products.Contains(folder, StringComparer.OrdinalIgnoreCase)
        select $"{file}: {folder}");

    private static string[] UsingsOf(string project)
    {
        var file = Assert.Single(
            Directory.GetFiles(Repository.PathOf(project), "*.csproj"));
        return [.. XDocument.Load(file).Descendants("Using").Select(static use => use.Attribute("Include")!.Value)];
    }
}
