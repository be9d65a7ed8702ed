using System.Globalization;
using System.Text.Json;
using Sluice.LoadTest.Events;
using Sluice.LoadTest.Hammer;
using Sluice.LoadTest.Settings;
using Sluice.LoadTest.Tests.Contract;
using Xunit;

namespace Sluice.LoadTest.Tests.Hammer;

public sealed class HammerRunTests
{
    private const int Requests = 400;
    private const long Tokens = 100;

    [Theory]
    [InlineData("Consume", 1)]
    [InlineData("Consume", 16)]
    [InlineData("Batch", 1)]
    [InlineData("Reserve", 1)]
    public async Task Load_SendsEveryRequestOnce(string mode, int pipelineDepth)
    {
        await using var server = await ContractServer.StartAsync();
        var options = OptionsFor(server) with { Mode = Enum.Parse<SendMode>(mode), PipelineDepth = pipelineDepth };

        var (code, summary) = await RunAsync(options);

        Assert.Equal(ExitCode.Exact, code);
        Assert.Equal(Requests, summary.GetProperty("counted").GetInt32());
        Assert.Equal(Requests * Tokens, summary.GetProperty("countedTokens").GetInt64());
        Assert.Equal(Requests, server.Ledger.CountedEvents);
    }

    [Theory]
    [InlineData("Consume", 16)]
    [InlineData("Batch", 1)]
    public async Task LostAnswersAndUnavailability_AreTriedAgain(string mode, int pipelineDepth)
    {
        var faults = new ContractFaults { UnavailableEvery = 11, LoseAnswerEvery = 13 };
        await using var server = await ContractServer.StartAsync(faults);
        var options = OptionsFor(server) with
        {
            Mode = Enum.Parse<SendMode>(mode),
            PipelineDepth = pipelineDepth,
            BatchSize = 10,
        };

        var (code, summary) = await RunAsync(options);

        Assert.Equal(ExitCode.Exact, code);
        Assert.NotEqual(0, summary.GetProperty("retried").GetInt32());
        Assert.Equal(Requests, server.Ledger.CountedEvents);
    }

    [Fact]
    public async Task Limit_IsUsedUp_AndKept()
    {
        await using var server = await ContractServer.StartAsync();

        var (code, summary) = await RunAsync(OptionsFor(server) with { LimitTokens = 12_345 });

        Assert.Equal(ExitCode.Exact, code);
        Assert.Equal(123, summary.GetProperty("counted").GetInt32());
        Assert.Equal(Requests - 123, summary.GetProperty("refused").GetInt32());
    }

    [Fact]
    public async Task LimitThatIsExceeded_Fails()
    {
        await using var server = await ContractServer.StartAsync(new ContractFaults { IgnoresLimits = true });

        var (code, summary) = await RunAsync(OptionsFor(server) with { LimitTokens = 12_345 });

        Assert.Equal(ExitCode.Different, code);
        Assert.Contains(
            "over its limit of 12345", summary.GetProperty("complaint").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Time_EndsALoadWithoutANumber()
    {
        await using var server = await ContractServer.StartAsync();
        var options = OptionsFor(server) with { Requests = null, Duration = TimeSpan.FromMilliseconds(50) };

        var (code, summary) = await RunAsync(options);

        Assert.Equal(ExitCode.Exact, code);
        Assert.Equal(server.Ledger.CountedEvents, summary.GetProperty("counted").GetInt64());
    }

    [Fact]
    public async Task DeadKeys_Fail()
    {
        await using var first = await ContractServer.StartAsync();
        await RunAsync(OptionsFor(first));
        await using var second = await ContractServer.StartAsync();
        var options = OptionsFor(second) with { KeysFile = first.PathOf("keys.json") };

        var (code, summary) = await RunAsync(options);

        Assert.Equal(ExitCode.Different, code);
        Assert.Contains("status 401", summary.GetProperty("complaint").GetString(), StringComparison.Ordinal);
    }

    internal static HammerOptions OptionsFor(ContractServer server) => new()
    {
        Node = server.Node,
        RunId = "hammer-test",
        KeysFile = server.PathOf("keys.json"),
        Keys = 3,
        Connections = 4,
        Requests = Requests,
        Tokens = Tokens,
        Json = true,
    };

    internal static async Task<(int Code, JsonElement Summary)> RunAsync(HammerOptions options)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        var run = new HammerRun(options, output, new SilentDisplay(), TimeProvider.System);
        var code = await run.ExecuteAsync(TestContext.Current.CancellationToken);
        return (code, JsonElement.Parse(output.ToString()));
    }
}
