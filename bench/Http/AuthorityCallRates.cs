using System.Globalization;
using Sluice.Bench.Contenders;
using Sluice.LoadTest.Lanes;
using Sluice.LoadTest.Management;
using Sluice.LoadTest.Runs;

namespace Sluice.Bench.Http;

/// <summary>
/// Measures how often edges call authorities while the request rate grows a hundredfold, by the counters of all nodes
/// together.
/// </summary>
internal sealed class AuthorityCallRates(
    IReadOnlyList<ManagementCalls> nodes, Endpoint endpoint, HttpPlan plan, TextWriter progress, TimeProvider time)
{
    private const string Counter = "authorityCalls";

    /// <summary>
    /// Keys in use on one node; larger clusters use fewer. So few that each is always in use on every node even at the
    /// lowest rate, because the number of scopes in use must not change with the rate.
    /// </summary>
    private const int BusyKeys = 8;

    private static readonly int[] RequestsPerSecond = [50, 500, 5_000];

    /// <returns>
    /// Requests and calls per second, in rising order; empty if an event was not counted or a node lacks the counter.
    /// </returns>
    public async Task<IReadOnlyList<(int RequestsPerSecond, double CallsPerSecond)>> MeasureAsync(
        CancellationToken cancellation)
    {
        try
        {
            return await MeasureAllAsync(cancellation);
        }
        catch (ManagementException missing)
        {
            await progress.WriteLineAsync($"authority calls: not measured: {missing.Message}");
            return [];
        }
    }

    private async Task<IReadOnlyList<(int RequestsPerSecond, double CallsPerSecond)>> MeasureAllAsync(
        CancellationToken cancellation)
    {
        var rates = new List<(int, double)>();
        foreach (var requests in RequestsPerSecond)
        {
            var calls = await MeasureAsync(requests, cancellation);
            await progress.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"authority calls at {requests} requests/s: {calls:0.0}/s"));
            rates.Add((requests, calls));
        }

        return rates;
    }

    private async Task<double> MeasureAsync(int requestsPerSecond, CancellationToken cancellation)
    {
        var keys = Math.Max(1, BusyKeys / nodes.Count);
        var options = new RunOptions
        {
            Targets = endpoint.Targets,
            RunId = string.Create(CultureInfo.InvariantCulture, $"examine{requestsPerSecond}"),
            Keys = [.. endpoint.Keys.Take(keys)],
            Connections = plan.Connections,
        };
        var before = await SumAsync(cancellation);
        var started = time.GetTimestamp();
        var source = new PacedSource(keys, plan.TokensPerEvent, requestsPerSecond, plan.Duration, time);
        var run = await new LoadRun(options, source, new NoSink(), time).RunAsync(_ => { }, cancellation);
        if (run.Tally.Counted != run.Tally.Events)
            throw new ManagementException($"of {run.Tally.Events} events {run.Tally.Counted} were counted");
        var after = await SumAsync(cancellation);
        return (after - before) / time.GetElapsedTime(started).TotalSeconds;
    }

    private async Task<long> SumAsync(CancellationToken cancellation)
    {
        var sum = 0L;
        foreach (var node in nodes)
            sum += await NodeDiagnostics.ReadAsync(node, Counter, cancellation);
        return sum;
    }
}
