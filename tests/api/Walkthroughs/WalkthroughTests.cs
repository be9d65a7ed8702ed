using System.Diagnostics;
using System.Globalization;
using Sluice.Api.Tests.Jobs;
using Sluice.TestSupport;
using Xunit;

namespace Sluice.Api.Tests.Walkthroughs;

/// <summary>Runs the scripts of docs/walkthrough with only curl against an ordinary node.</summary>
public sealed class WalkthroughTests(RunningJobs host) : IClassFixture<RunningJobs>
{
    private static readonly TimeSpan Max = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("console.sh", "The console walkthrough is done.")]
    [InlineData("token-plan.sh", "The token plan walkthrough is done.")]
    [InlineData("thresholds.sh", "The thresholds walkthrough is done.")]
    public async Task AWalkthrough_GetsToItsEnd(string script, string lastLine)
    {
        var address = host.CreateClient().BaseAddress!.GetLeftPart(UriPartial.Authority);
        var start = new ProcessStartInfo("bash")
        {
            ArgumentList = { Repository.PathOf("docs", "walkthrough", script) },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["SLUICE_URL"] = address,
                ["SLUICE_OPERATOR_TOKEN"] = NodeHost.OperatorToken,

                // The tests' clock differs from the machine's.
                ["SLUICE_NOW"] = host.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            },
        };
        using var process = Process.Start(start)!;
        using var late = new CancellationTokenSource(Max);
        var output = process.StandardOutput.ReadToEndAsync(late.Token);
        var errors = process.StandardError.ReadToEndAsync(late.Token);
        await process.WaitForExitAsync(late.Token);

        Assert.True(process.ExitCode == 0, await output + await errors);
        Assert.Equal(lastLine, (await output).TrimEnd().Split('\n')[^1]);
    }
}
