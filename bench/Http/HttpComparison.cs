using System.Globalization;
using Sluice.Bench.Contenders;
using Sluice.LoadTest.Events;
using Sluice.LoadTest.Hammer;
using Sluice.LoadTest.Lanes;
using Sluice.LoadTest.Management;
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

    /// <summary>Gets the endpoint of a contender; null if it could not start.</summary>
    public Endpoint? EndpointOf(IContender contender) => _endpoints.GetValueOrDefault(contender);

    /// <returns>
    /// One result for each row, in order; those of another build are in the rows that they belong to.
    /// </returns>
    public async Task<IReadOnlyList<RowResult>> RunAsync(
        IReadOnlyList<HttpRow> rows, CancellationToken cancellation)
    {
        var results = rows.Select(EmptyResult).ToList();
        var pairs = rows.Zip(results, BuildsOf).ToList();
        await StartAsync(pairs.SelectMany(builds => builds), cancellation);
        for (var round = 0; round <= plan.Rounds; round++)
        {
            // Work that one build leaves to its PostgreSQL slows the next row, so the builds take turns to be first.
            foreach (var (row, result) in pairs.SelectMany(builds => round % 2 == 0 ? builds : builds.Reverse()))
            {
                if (result.NotRunBecause is null)
                    await MeasureAsync(row, result, isWarmUp: round == 0, cancellation);
            }
        }

        return results;
    }

    /// <summary>Returns a row with its result, and those of the other build if there is one.</summary>
    private static IEnumerable<(HttpRow Row, RowResult Result)> BuildsOf(HttpRow row, RowResult result) =>
        row.OtherBuild is null ? [(row, result)] : [(row, result), (row.OtherBuild, result.OtherBuild!)];

    private static RowResult EmptyResult(HttpRow row) => new(row.Name, row.Connections)
    {
        OtherBuild = row.OtherBuild is null ? null : EmptyResult(row.OtherBuild),
    };

    private async Task StartAsync(
        IEnumerable<(HttpRow Row, RowResult Result)> rows, CancellationToken cancellation)
    {
        var unavailable = new Dictionary<IContender, string>();
        foreach (var (row, result) in rows)
        {
            var contender = row.Contender;
            try
            {
                if (!_endpoints.ContainsKey(contender) && !unavailable.ContainsKey(contender))
                    _endpoints[contender] = await contender.StartAsync(cancellation);
            }
            catch (ContenderUnavailableException missing)
            {
                unavailable[contender] = missing.Message;
            }

            result.NotRunBecause = unavailable.GetValueOrDefault(contender);
            await progress.WriteLineAsync($"{row.Name}: {result.NotRunBecause ?? "started"}");
        }
    }

    private async Task MeasureAsync(
        HttpRow row, RowResult result, bool isWarmUp, CancellationToken cancellation)
    {
        var endpoint = _endpoints[row.Contender];
        var duration = isWarmUp ? plan.WarmUp : plan.Duration;
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

        // A rate is meaningless if some answers were not "counted". A warm-up gives no figure anyway, and may begin
        // while the nodes of a cluster are still joining.
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
