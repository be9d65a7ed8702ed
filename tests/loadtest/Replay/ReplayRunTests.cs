using System.Globalization;
using System.Text;
using Sluice.LoadTest.Events;
using Sluice.LoadTest.Fleets;
using Sluice.LoadTest.Replay;
using Sluice.LoadTest.Settings;
using Sluice.LoadTest.Tests.Contract;
using Sluice.LoadTest.Tests.Traces;
using Sluice.LoadTest.Traffic;
using Xunit;

namespace Sluice.LoadTest.Tests.Replay;

public sealed class ReplayRunTests
{
    private const int Rows = 500;

    [Theory]
    [InlineData("Consume")]
    [InlineData("Batch")]
    [InlineData("Reserve")]
    public async Task Replay_IsExact_InEveryMode(string mode)
    {
        await using var server = await ContractServer.StartAsync();
        var options = OptionsFor(server) with { Mode = Enum.Parse<SendMode>(mode) };

        var (code, text) = await RunAsync(options);

        Assert.True(code == ExitCode.Exact, text);
        Assert.Contains($"Exact: {TotalTokens()} text_tokens in {Rows} events", text, StringComparison.Ordinal);
        Assert.Equal(Rows, server.Ledger.CountedEvents);
    }

    [Theory]
    [InlineData("Consume")]
    [InlineData("Batch")]
    public async Task RecordedHour_IsReplayedExactly(string mode)
    {
        var path = RealTrace.FindOrSkip();
        await using var server = await ContractServer.StartAsync();
        var options = OptionsFor(server) with { TracePath = path, Mode = Enum.Parse<SendMode>(mode) };

        var (code, text) = await RunAsync(options);

        Assert.True(code == ExitCode.Exact, text);
        Assert.Contains("Exact: 26450535 text_tokens in 19366 events", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Consume")]
    [InlineData("Batch")]
    [InlineData("Reserve")]
    public async Task SecondReplay_IsAllDuplicates_AndChangesNothing(string mode)
    {
        await using var server = await ContractServer.StartAsync();
        var options = OptionsFor(server) with { Mode = Enum.Parse<SendMode>(mode) };
        await RunAsync(options);

        var (code, text) = await RunAsync(options with { ExpectDuplicates = true });

        Assert.True(code == ExitCode.Exact, text);
        Assert.Equal(Rows, server.Ledger.CountedEvents);
    }

    [Fact]
    public async Task FirstReplay_FailsWhenDuplicatesAreExpected()
    {
        await using var server = await ContractServer.StartAsync();

        var (code, text) = await RunAsync(OptionsFor(server) with { ExpectDuplicates = true });

        Assert.Equal(ExitCode.Different, code);
        Assert.Contains("only 0 were answered as duplicates", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Consume")]
    [InlineData("Batch")]
    public async Task RepeatedIds_CountOnce(string mode)
    {
        await using var server = await ContractServer.StartAsync();
        var options = OptionsFor(server) with { Mode = Enum.Parse<SendMode>(mode), RepeatIds = true };

        var (code, text) = await RunAsync(options);

        Assert.True(code == ExitCode.Exact, text);
        Assert.Contains("duplicates  500,", text, StringComparison.Ordinal);
        Assert.Equal(Rows, server.Ledger.CountedEvents);
    }

    [Theory]
    [InlineData("Consume")]
    [InlineData("Batch")]
    [InlineData("Reserve")]
    public async Task UnavailabilityAndLostAnswers_AreTriedAgain_UntilExact(string mode)
    {
        var faults = new ContractFaults { UnavailableEvery = 11, LoseAnswerEvery = 13 };
        await using var server = await ContractServer.StartAsync(faults);
        var options = OptionsFor(server) with { Mode = Enum.Parse<SendMode>(mode), RepeatIds = true };

        // In slices, because a batch of everything would be one request, too few to meet a fault.
        for (var from = 0; from < Rows; from += 20)
        {
            var (code, text) = await RunAsync(options with { From = from, Take = 20 });
            Assert.True(code == ExitCode.Exact, text);
        }

        Assert.Equal(Rows, server.Ledger.CountedEvents);
    }

    [Fact]
    public async Task LaterSlice_IsHeldAgainstTheSumOfAllSlices()
    {
        await using var server = await ContractServer.StartAsync();
        var options = OptionsFor(server);

        Assert.Equal(ExitCode.Exact, (await RunAsync(options with { From = 0, Take = 300 })).Code);
        var (code, text) = await RunAsync(options with { From = 200 });

        Assert.True(code == ExitCode.Exact, text);
        Assert.Contains("duplicates  100,", text, StringComparison.Ordinal);
        Assert.Equal(Rows, server.Ledger.CountedEvents);
    }

    [Theory]
    [InlineData(1, 0, "usage of key")]
    [InlineData(-1, 0, "usage of key")]
    [InlineData(0, 1, "state of key")]
    public async Task OneUnitTooManyOrTooFew_FailsAndIsNamed(long ledgerError, long stateError, string place)
    {
        var faults = new ContractFaults { LedgerErrorTokens = ledgerError, StateErrorTokens = stateError };
        await using var server = await ContractServer.StartAsync(faults);

        var (code, text) = await RunAsync(OptionsFor(server) with { SettleFor = TimeSpan.Zero });

        Assert.Equal(ExitCode.Different, code);
        Assert.Contains($"NOT EXACT: {place}", text, StringComparison.Ordinal);
        var difference = (ledgerError + stateError).ToString("+0;-0", CultureInfo.InvariantCulture);
        Assert.Contains($"(difference {difference})", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task IdCountedTwice_FailsAndIsNamed()
    {
        await using var server = await ContractServer.StartAsync(new ContractFaults { ForgetsIds = true });
        var options = OptionsFor(server) with { RepeatIds = true, SettleFor = TimeSpan.Zero };

        var (code, text) = await RunAsync(options);

        Assert.Equal(ExitCode.Different, code);
        Assert.Contains("was counted twice under one id", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LostStateFile_FindsTheSameKeysAgain()
    {
        await using var server = await ContractServer.StartAsync();
        var options = OptionsFor(server);
        await RunAsync(options);
        File.Delete(options.StatePath);

        var (code, text) = await RunAsync(options with { ExpectDuplicates = true });

        Assert.True(code == ExitCode.Exact, text);
        Assert.Equal(Rows, server.Ledger.CountedEvents);
    }

    [Fact]
    public async Task StateFile_IsReadableByItsOwnerOnly()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("There are no file modes here.");
            return;
        }

        await using var server = await ContractServer.StartAsync();
        var options = OptionsFor(server);

        await RunAsync(options);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(options.StatePath));
    }

    [Fact]
    public async Task AnotherSeedModeOrTrace_IsNotMixedIntoTheSameRun()
    {
        await using var server = await ContractServer.StartAsync();
        var options = OptionsFor(server);
        await RunAsync(options);
        var otherTrace = server.PathOf("other.csv");
        File.WriteAllText(otherTrace, File.ReadAllText(options.TracePath) + "2023-11-16 23:00:00,1,1\n");

        foreach (var other in (ReplayOptions[])
            [
                options with { Plan = options.Plan with { Seed = 2 } },
                options with { Mode = SendMode.Reserve },
                options with { TracePath = otherTrace },
                options with { Plan = options.Plan with { KeysPerProject = 3 } },
            ])
        {
            await Assert.ThrowsAsync<SettingMissingException>(() => RunAsync(other));
        }
    }

    [Fact]
    public async Task StateOfAnotherServer_IsRefused()
    {
        await using var first = await ContractServer.StartAsync();
        await RunAsync(OptionsFor(first));
        await using var second = await ContractServer.StartAsync();
        var mixed = OptionsFor(second) with { StatePath = first.PathOf("state.json") };

        var wrong = await Assert.ThrowsAsync<SettingMissingException>(() => RunAsync(mixed));

        Assert.Contains("another server", wrong.Message, StringComparison.Ordinal);
    }

    internal static ReplayOptions OptionsFor(ContractServer server)
    {
        var trace = server.PathOf("trace.csv");
        File.WriteAllText(trace, MakeTrace());
        return new ReplayOptions
        {
            Node = server.Node,
            TracePath = trace,
            Plan = new FleetPlan("test-run", Seed: 1, Tenants: 2, ProjectsPerTenant: 2, KeysPerProject: 2),
            StatePath = server.PathOf("state.json"),
            Speed = 0,
            Connections = 8,
        };
    }

    private static async Task<(int Code, string Text)> RunAsync(ReplayOptions options)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        var run = new ReplayRun(options, output, new SilentDisplay(), TimeProvider.System);
        return (await run.ExecuteAsync(TestContext.Current.CancellationToken), output.ToString());
    }

    private static long ContextOf(int row) => LogNormalTokens.Prompts.At(seed: 9, row);

    private static long GeneratedOf(int row) => LogNormalTokens.Completions.At(seed: 10, row);

    private static long TotalTokens() => Enumerable.Range(0, Rows).Sum(row => ContextOf(row) + GeneratedOf(row));

    private static string MakeTrace()
    {
        var csv = new StringBuilder("TIMESTAMP,ContextTokens,GeneratedTokens\r\n");
        for (var row = 0; row < Rows; row++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"2023-11-16 18:{row / 60:00}:{row % 60:00},")
                .Append(CultureInfo.InvariantCulture, $"{ContextOf(row)},{GeneratedOf(row)}\r\n");
        }

        return csv.ToString();
    }
}
