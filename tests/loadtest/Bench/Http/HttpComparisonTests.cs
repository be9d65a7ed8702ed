using Sluice.Bench.Contenders;
using Sluice.Bench.Http;
using Sluice.LoadTest.Events;
using Xunit;

namespace Sluice.LoadTest.Tests.Bench.Http;

public sealed class HttpComparisonTests
{
    private static readonly HttpPlan Plan = new(TimeSpan.FromMilliseconds(50), Rounds: 2, Connections: 2)
    {
        WarmUp = TimeSpan.FromMilliseconds(50),
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OtherBuild_IsMeasuredRightAfterThisOne_InEveryRound()
    {
        var time = TimeProvider.System;
        await using var echo = new EchoContender(time);
        await using var other = new EchoContender(time);
        await using var progress = new StringWriter();

        var results = await new HttpComparison(Plan, progress, time).RunAsync(
            [Row("Sluice, durable", echo).Beside(other), Row("echo", echo).Beside(null)], Cancellation);

        string[] names = ["Sluice, durable", "Sluice (other build), durable", "echo"];
        string[] rounds = ["started", "warm-up ", "", ""];
        var lines = progress.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(rounds.Length * names.Length, lines.Length);
        for (var i = 0; i < lines.Length; i++)
        {
            var begin = $"{names[i % names.Length]}: {rounds[i / names.Length]}";
            Assert.StartsWith(begin, lines[i], StringComparison.Ordinal);
        }

        Assert.Equal(2, results.Count);
        Assert.Null(results[1].OtherBuild);
        Assert.All(RowResult.WithOtherBuilds(results), row => Assert.Equal(Plan.Rounds, row.Rates.Count));
    }

    [Fact]
    public async Task OtherBuildThatDoesNotStart_LeavesTheRowOfThisOne()
    {
        var time = TimeProvider.System;
        await using var echo = new EchoContender(time);
        await using var other = new SluiceContender("/nonexistent/Sluice.Silo.dll", nodes: 1, time);

        var results = await new HttpComparison(Plan, TextWriter.Null, time).RunAsync(
            [Row("Sluice", echo).Beside(other)], Cancellation);

        var row = Assert.Single(results);
        Assert.NotNull(row.EventsPerSecond);
        Assert.Equal("Sluice (other build)", row.OtherBuild!.Name);
        Assert.NotNull(row.OtherBuild.NotRunBecause);
    }

    private static HttpRow Row(string name, IContender contender) =>
        new(name, contender, SendMode.Consume, AckMode.Durable, Plan.Connections);
}
