using System.Globalization;
using Sluice.Bench.Contenders;
using Sluice.LoadTest.Events;
using Sluice.LoadTest.Fleets;
using Sluice.LoadTest.Hammer;
using Sluice.LoadTest.Runs;

namespace Sluice.Bench.Http;

/// <summary>
/// Measures all rows in turn, round after round (A B C, A B C, …), so that whatever else the machine does falls on all
/// of them, and takes medians.
/// </summary>
internal sealed class HttpComparison(HttpPlan plan, TextWriter progress, TimeProvider time)
{
    private readonly Dictionary<IContender, Endpoint> _endpoints = [];
    private int _runs;

    /// <summary>Where a contender takes load, or null when it could not start.</summary>
    public Endpoint? EndpointOf(IContender contender) => _endpoints.GetValueOrDefault(contender);

    public async Task<List<RowResult>> RunAsync(IReadOnlyList<HttpRow> rows, CancellationToken cancellation)
    {
        var results = rows.Select(row => new RowResult(row.Name, row.Connections)).ToList();
        await StartAsync(rows, results, cancellation);
        for (var round = 0; round <= plan.Rounds; round++)
        {
            var isWarmUp = round == 0;
            for (var i = 0; i < rows.Count; i++)
            {
                if (results[i].NotRunBecause is not null)
                    continue;
                var duration = isWarmUp ? plan.WarmUp : plan.Duration;
                var endpoint = _endpoints[rows[i].Contender];
                await MeasureAsync(rows[i], endpoint, results[i], duration, isWarmUp, cancellation);
            }
        }

        return results;
    }

    private async Task StartAsync(
        IReadOnlyList<HttpRow> rows, List<RowResult> results, CancellationToken cancellation)
    {
        var unavailable = new Dictionary<IContender, string>();
        for (var i = 0; i < rows.Count; i++)
        {
            var contender = rows[i].Contender;
            try
            {
                if (!_endpoints.ContainsKey(contender) && !unavailable.ContainsKey(contender))
                    _endpoints[contender] = await contender.StartAsync(cancellation);
            }
            catch (ContenderUnavailableException missing)
            {
                unavailable[contender] = missing.Message;
            }

            results[i].NotRunBecause = unavailable.GetValueOrDefault(contender);
            await progress.WriteLineAsync($"{rows[i].Name}: {results[i].NotRunBecause ?? "started"}");
        }
    }

    private async Task MeasureAsync(
        HttpRow row,
        Endpoint endpoint,
        RowResult result,
        TimeSpan duration,
        bool isWarmUp,
        CancellationToken cancellation)
    {
        IReadOnlyList<FleetKey> keys = [.. endpoint.Keys.Take(row.Keys ?? int.MaxValue)];
        var options = new RunOptions
        {
            Targets = endpoint.Targets,
            RunId = string.Create(CultureInfo.InvariantCulture, $"bench{++_runs}"),
            Keys = keys,
            Mode = row.Mode,
            Ack = row.Ack,
            LeavesIdsOut = row.Ack == AckMode.Memory,
            Connections = row.Connections,
            GatewayToken = endpoint.GatewayToken,
        };
        var source = new HammerSource(keys.Count, plan.TokensPerEvent, requests: null, duration, time);
        var run = await new LoadRun(options, source, new NoSink(), time).RunAsync(_ => { }, cancellation);
        cancellation.ThrowIfCancellationRequested();

        // A rate of answers that were not all "counted" is not the rate of anything. A warm-up may begin while a
        // cluster is still finding itself, and it gives no number anyway.
        var fault = FaultIn(run.Tally);
        if (!isWarmUp && fault is null)
            result.Add(run.EventsPerSecond, run.Latency);
        else if (!isWarmUp)
            result.NotRunBecause = fault;

        var told = string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Name}: {(isWarmUp ? "warm-up " : string.Empty)}{run.EventsPerSecond:N0} events/s, {run.Latency}");
        await progress.WriteLineAsync(fault is null ? told : $"{told} FAILED: {fault}");
    }

    private static string? FaultIn(RunTally tally) => tally.Counted == tally.Events && tally.Retried == 0
        ? null
        : $"of {tally.Events} events {tally.Counted} were counted, {tally.Refused} refused, {tally.Retried} retried, "
            + $"{tally.Failed} failed ({tally.FirstFailure})";
}
