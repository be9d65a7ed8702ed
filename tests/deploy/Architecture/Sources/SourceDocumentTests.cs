using System.Text.RegularExpressions;
using Xunit;

namespace Sluice.Deploy.Tests.Architecture.Sources;

public sealed partial class SourceDocumentTests
{
    private const string Page = "docs/sources.md";

    /// <summary>A page that says which test holds a rule must not name one that was renamed or removed.</summary>
    [Fact]
    public void EveryTestThatHoldsARule_Exists()
    {
        var tests = string.Join('\n', Repository.SourceFiles
            .Where(static file => file.StartsWith("tests/", StringComparison.Ordinal)).Select(Repository.Read));
        var named = NamePattern().Matches(Repository.Read(Page)).Select(static match => match.Groups["name"].Value)
            .Distinct().ToList();

        Assert.True(named.Count > 50, $"only {named.Count} tests are named");
        Findings.AreNone(named.Where(name => !tests.Contains($" {name}(", StringComparison.Ordinal))
            .Select(static name => $"{Page}: {name}"));
    }

    [GeneratedRegex("`(?<name>[A-Z][A-Za-z0-9]*(_[A-Za-z0-9]+)+)`", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex NamePattern();
}
