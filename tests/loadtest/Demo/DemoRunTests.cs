using System.Globalization;
using Sluice.LoadTest.Demo;
using Sluice.LoadTest.Settings;
using Sluice.LoadTest.Tests.Contract;
using Xunit;

namespace Sluice.LoadTest.Tests.Demo;

public sealed class DemoRunTests
{
    [Fact]
    public async Task Demo_SpendsABudget_AndTheSecondOneGetsANewOne()
    {
        await using var server = await ContractServer.StartAsync();

        var first = await RunAsync(server, "demo-1");
        var countedFirst = server.Ledger.CountedEvents;
        var second = await RunAsync(server, "demo-2");

        foreach (var (code, text) in new[] { first, second })
        {
            Assert.True(code == ExitCode.Exact, text);
            Assert.DoesNotContain("refused     0", text, StringComparison.Ordinal);
            Assert.Contains("curl -H", text, StringComparison.Ordinal);
        }

        // The first demo's budget is spent, so a start of the second without refusals shows that it has its own.
        Assert.InRange(server.Ledger.CountedEvents - countedFirst, countedFirst / 2, 1000);
    }

    [Fact]
    public async Task Demo_StaysWithALiveTable_UntilItIsCancelled()
    {
        await using var server = await ContractServer.StartAsync();
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var output = new SharedText();

        var run = RunAsync(server, "demo-stays", output, stays: true, cancelled.Token);
        while (!output.ToString().Contains("the tenant", StringComparison.Ordinal))
        {
            Assert.False(run.IsCompleted, output.ToString());
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
        }

        await cancelled.CancelAsync();
        Assert.Equal(ExitCode.Exact, await run);
    }

    [Fact]
    public void Traffic_UsesEveryModel_AndRepeatsWithItsSeed()
    {
        var options = new DemoOptions
        {
            Node = new NodeSettings([new("127.0.0.1", 1)], null, null),
            StatePath = "unused",
            RunId = "demo",
        };
        var one = new DemoSource(options, keys: 9, TimeProvider.System);
        var two = new DemoSource(options, keys: 9, TimeProvider.System);
        var events = Enumerable.Range(0, 1000).Select(number => one.EventAt(number)).ToArray();

        Assert.Equal(events, Enumerable.Range(0, 1000).Select(number => two.EventAt(number)));
        Assert.Equal(2, events.Select(item => item.Model).Distinct().Count());
    }

    private static async Task<(int Code, string Text)> RunAsync(ContractServer server, string runId)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        var code = await RunAsync(server, runId, output, stays: false, TestContext.Current.CancellationToken);
        return (code, output.ToString());
    }

    private static async Task<int> RunAsync(
        ContractServer server, string runId, TextWriter output, bool stays, CancellationToken cancellation)
    {
        var options = new DemoOptions
        {
            Node = server.Node,
            StatePath = server.PathOf("demo.json"),
            RunId = runId,
            Duration = TimeSpan.FromMilliseconds(250),
            EventsPerSecond = 4000,
            Connections = 4,
            Stays = stays,
        };
        var run = new DemoRun(options, output, new SilentDisplay(), TimeProvider.System);
        return await run.ExecuteAsync(cancellation);
    }

    /// <summary>A text that is read while it is written.</summary>
    private sealed class SharedText() : StringWriter(CultureInfo.InvariantCulture)
    {
        private readonly Lock _gate = new();

        public override void Write(char value)
        {
            lock (_gate)
                base.Write(value);
        }

        public override void Write(char[] buffer, int index, int count)
        {
            lock (_gate)
                base.Write(buffer, index, count);
        }

        public override void Write(ReadOnlySpan<char> buffer)
        {
            lock (_gate)
                base.Write(buffer);
        }

        public override void Write(string? value)
        {
            lock (_gate)
                base.Write(value);
        }

        public override string ToString()
        {
            lock (_gate)
                return base.ToString();
        }
    }
}
