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
    public async Task OtherBuild_IsMeasuredNextToThisOne_FirstInEverySecondRound()
    {
        var time = TimeProvider.System;
        await using var echo = new EchoContender(time);
        await using var other = new EchoContender(time);
        await using var progress = new StringWriter();

        var results = await new HttpComparison(Plan, progress, time).RunAsync(
            [Row("Sluice, durable", echo).Beside(other), Row("echo", echo).Beside(null)], Cancellation);

        const string This = "Sluice, durable";
        const string Other = "Sluice (other build), durable";
        var lines = progress.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        string[] warmUp = [$"{This}: warm-up", $"{Other}: warm-up", "echo: warm-up"];
        string[] rounds = [$"{Other}:", $"{This}:", "echo:", $"{This}:", $"{Other}:", "echo:"];
        Assert.All(
            lines.Skip(3).Zip([.. warmUp, .. rounds]),
            pair => Assert.StartsWith(pair.Second, pair.First, StringComparison.Ordinal));
        Assert.Equal(3 + warmUp.Length + rounds.Length, lines.Length);
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
