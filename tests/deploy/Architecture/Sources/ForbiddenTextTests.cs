using System.Text.RegularExpressions;
using Xunit;

namespace Sluice.Deploy.Tests.Architecture.Sources;

public sealed class ForbiddenTextTests
{
    /// <summary>The places that create real time and real randomness; everywhere else they are injected.</summary>
    private static readonly string[] Roots =
    [
        "api/Hosting/NodeServices.cs", "client/SluiceClientOptions.cs", "silo/Hosting/SiloProgram.cs",
        "storage/Ledger/Sessions/SessionStore.cs",
    ];

    /// <summary>
    /// Ways around the injected clock and randomness that the analyzer's list of symbols does not cover, because some
    /// overloads or uses of them are fine.
    /// </summary>
    [Theory]
    [InlineData(@"\bEnvironment\.TickCount")]
    [InlineData(@"\bStopwatch\b")]
    [InlineData(@"\bDateTime\.Today\b")]
    [InlineData(@"\bTimeProvider\.System\b")]
    [InlineData(@"\bnew Random\(\s*\)")]
    [InlineData(@"\bnew (System\.Threading\.)?Timer\(")]
    [InlineData(@"\bnew PeriodicTimer\((?![^;]*,)[^;]*\)")]
    [InlineData(@"\bTask\.Delay\((?![^;]*,)[^;]*\)")]
    [InlineData(@"\.CancelAfter\(")]
    [InlineData(@"\bnew CancellationTokenSource\((?![^;]*,)[^;)]+\)")]
    [InlineData(@"\bThread\.(Sleep|Yield|SpinWait)\(")]
    public void Products_TakeTimeAndRandomnessFromOutside(string pattern)
    {
        var forbidden = new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(1));

        Findings.AreNone(Repository.SourceFiles.Where(f => Repository.IsProduct(f) && !Roots.Contains(f))
            .SelectMany(f => forbidden.Matches(Repository.Read(f)).Select(m => $"{f}: {m.Value}")));
    }

    [Fact]
    public void Tests_DoNotSleep()
    {
        var sleep = new Regex(@"\bThread\.Sleep\(", RegexOptions.None, TimeSpan.FromSeconds(1));

        Assert.DoesNotContain(TestFiles(), f => sleep.IsMatch(Repository.Read(f)));
    }

    /// <summary>The project runs from any folder, on any machine, and speaks of itself only.</summary>
    [Fact]
    public void NothingNamesTheMachineItWasWrittenOn()
    {
        // Composed here, so that this file does not contain what it forbids.
        string[] forbidden =
            [$"/{"work"}/", $"shared/{"design"}", $"/{"home"}/", $"/{"root"}/", $"C:{'\\'}", $"/{"Users"}/"];

        Findings.AreNone(Repository.Files.Where(IsText).SelectMany(f => forbidden
            .Where(part => Repository.Read(f).Contains(part, StringComparison.Ordinal))
            .Select(part => $"{f}: {part}")));
    }

    private static IEnumerable<string> TestFiles() =>
        Repository.SourceFiles.Where(f => f.StartsWith("tests/", StringComparison.Ordinal));

    private static bool IsText(string file) =>
        Path.GetExtension(file) is "" or ".cs" or ".csproj" or ".props" or ".json" or ".md" or ".sql" or ".sh" or ".yml"
            or ".yaml" or ".razor" or ".sln" or ".service" or ".txt" or ".http" or ".env" or ".example";
}
