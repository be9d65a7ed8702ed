using System.Globalization;
using Sluice.Bench.Contenders;
using Sluice.LoadTest.Events;
using Sluice.LoadTest.Fleets;
using Sluice.LoadTest.Hammer;
using Sluice.LoadTest.Runs;

namespace Sluice.Bench.Http;

/// <summary>
/// Measures all rows in turn, round after round (A B C, A B C, …), so that other work on the machine slows all of them
/// alike, and takes medians.
/// </summary>
internal sealed class HttpComparison(HttpPlan plan, TextWriter progress, TimeProvider time)
{
    private readonly Dictionary<IContender, Endpoint> _endpoints = [];
    private int _runs;

    /// <summary>Where a contender takes load, or null when it could not start.</summary>
    public Endpoint? EndpointOf(IContender contender) => _endpoints.GetValueOrDefault(contender);

    /// <returns>One for each row, in their order; those of another build are in the rows that they belong to.</returns>
    public async Task<IReadOnlyList<RowResult>> RunAsync(
        IReadOnlyList<HttpRow> rows, CancellationToken cancellation)
    {
        var results = rows.Select(EmptyResult).ToList();
        HttpRow[] all = [.. rows.SelectMany(row => row.OtherBuild is null ? [row] : new[] { row, row.OtherBuild })];
        var allResults = RowResult.WithOtherBuilds(results);
        await StartAsync(all, allResults, cancellation);
        for (var round = 0; round <= plan.Rounds; round++)
        {
            var isWarmUp = round == 0;
            for (var i = 0; i < all.Length; i++)
            {
                if (allResults[i].NotRunBecause is not null)
                    continue;
                var duration = isWarmUp ? plan.WarmUp : plan.Duration;
                var endpoint = _endpoints[all[i].Contender];
                await MeasureAsync(all[i], endpoint, allResults[i], duration, isWarmUp, cancellation);
            }
        }

        return results;
    }

    private static RowResult EmptyResult(HttpRow row) => new(row.Name, row.Connections)
    {
        OtherBuild = row.OtherBuild is null ? null : EmptyResult(row.OtherBuild),
    };

    private async Task StartAsync(
        IReadOnlyList<HttpRow> rows, IReadOnlyList<RowResult> results, CancellationToken cancellation)
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

        // A rate means nothing when some answers were not "counted". A warm-up gives no number anyway, and may begin
        // while the nodes of a cluster still join.
        var fault = FaultIn(run.Tally);
        if (!isWarmUp && fault is null)
            result.Add(run.EventsPerSecond, run.Latency);
        else if (!isWarmUp)
            result.NotRunBecause = fault;

        var message = string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Name}: {(isWarmUp ? "warm-up " : string.Empty)}{run.EventsPerSecond:N0} events/s, {run.Latency}");
        await progress.WriteLineAsync(fault is null ? message : $"{message} FAILED: {fault}");
    }

    private static string? FaultIn(RunTally tally) => tally.Counted == tally.Events && tally.Retried == 0
        ? null
        : $"of {tally.Events} events {tally.Counted} were counted, {tally.Refused} refused, {tally.Retried} retried, "
            + $"{tally.Failed} failed ({tally.FirstFailure})";
}
