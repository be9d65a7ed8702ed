using System.Text.RegularExpressions;
using Xunit;

namespace Sluice.Deploy.Tests.Architecture.Logs;

public sealed partial class LogEventTests
{
    [Fact]
    public void EveryMessageHasANumberOfItsOwn()
    {
        var messages = Repository.SourceFiles
            .SelectMany(f => Message().Matches(Repository.Read(f))
                .Select(m => (Number: m.Groups["number"].Value, File: f)))
            .ToArray();

        Assert.NotEmpty(messages);
        Findings.AreNone(messages.GroupBy(m => m.Number).Where(same => same.Count() > 1)
            .Select(same => $"{same.Key}: {string.Join(", ", same.Select(m => m.File))}"));
    }

    [Fact]
    public void EveryMessageIsMadeAtBuildTime() => Assert.DoesNotContain(
        Repository.SourceFiles.Where(Repository.IsProduct), f => AdHoc().IsMatch(Repository.Read(f)));

    [GeneratedRegex(@"LoggerMessage\(\s*(EventId = )?(?<number>\d+)", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Message();

    [GeneratedRegex(@"\.Log(Trace|Debug|Information|Warning|Error|Critical)\(", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex AdHoc();
}
