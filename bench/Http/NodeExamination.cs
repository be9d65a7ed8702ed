using System.Globalization;
using System.Text.Json;
using Sluice.Bench.Contenders;
using Sluice.LoadTest.Events;
using Sluice.LoadTest.Fleets;
using Sluice.LoadTest.Hammer;
using Sluice.LoadTest.Management;
using Sluice.LoadTest.Runs;

namespace Sluice.Bench.Http;

/// <summary>Measures what the rates don't show, by the node's own counters (<c>GET /api/v1/diagnostics</c>).</summary>
internal sealed class NodeExamination(
    SluiceContender node, Endpoint endpoint, HttpPlan plan, TextWriter progress, TimeProvider time)
{
    private const int IdleKeys = 2_000;
    private const int Restarts = 3;

    /// <summary>So few that each is in use all the time at the lowest rate: it is about requests, not about scopes.
    /// </summary>
    private const int BusyKeys = 8;
    private const string AuthorityCallsCounter = "authorityCalls";
    private const string HeapCounter = "managedHeapBytes";

    private static readonly int[] RequestsPerSecond = [50, 500, 5_000];

    /// <summary>
    /// Until the edge has given the rights of idle keys back, and their authorities have gone: three minutes.
    /// </summary>
    private static readonly TimeSpan UntilIdle = TimeSpan.FromSeconds(200);

    private int _runs;

    public async Task<NodeFacts> RunAsync(CancellationToken cancellation)
    {
        var calls = new List<(int, double)>();
        double? bytesPerKey = null;
        string? gap = null;
        try
        {
            foreach (var rate in RequestsPerSecond)
                calls.Add((rate, await MeasureAuthorityCallsAsync(rate, cancellation)));
            bytesPerKey = await MeasureIdleKeysAsync(cancellation);
        }
        catch (ManagementException missing)
        {
            gap = missing.Message;
            await progress.WriteLineAsync($"not measured: {gap}");
        }

        // Last, because a restarted node listens on another port.
        return new NodeFacts
        {
            AuthorityCalls = calls,
            BytesPerIdleKey = bytesPerKey,
            ReadyAfterMs = await MeasureReadyAsync(),
            Gap = gap,
        };
    }

    private async Task<double> MeasureAuthorityCallsAsync(int rate, CancellationToken cancellation)
    {
        var source = new PacedSource(BusyKeys, plan.TokensPerEvent, rate, plan.Duration, time);
        var before = await ReadCounterAsync(AuthorityCallsCounter, cancellation);
        var started = time.GetTimestamp();
        await SendAsync([.. endpoint.Keys.Take(BusyKeys)], source, cancellation);
        var after = await ReadCounterAsync(AuthorityCallsCounter, cancellation);
        var perSecond = (after - before) / time.GetElapsedTime(started).TotalSeconds;
        await progress.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"authority calls at {rate} requests/s: {perSecond:0.0}/s"));
        return perSecond;
    }

    /// <summary>Makes many keys, uses each once, and sees by how much the heap has grown once they lie idle.</summary>
    private async Task<double> MeasureIdleKeysAsync(CancellationToken cancellation)
    {
        await progress.WriteLineAsync($"making {IdleKeys} keys to lie idle");
        var management = new ManagementClient(node.Calls);
        var tenant = node.Fleet.Tenants[0];
        var keys = new List<FleetKey>(IdleKeys);
        for (var i = 0; i < IdleKeys; i++)
        {
            keys.Add(await management.CreateKeyAsync(
                tenant.Id,
                tenant.Projects[0].Id,
                string.Create(CultureInfo.InvariantCulture, $"idle-{i}"),
                cancellation));
        }

        var before = await ReadCounterAsync(HeapCounter, cancellation);
        await SendAsync(
            keys, new HammerSource(IdleKeys, plan.TokensPerEvent, IdleKeys, TimeSpan.MaxValue, time), cancellation);
        await progress.WriteLineAsync($"waiting {UntilIdle.TotalSeconds:0} s until they are idle");
        await Task.Delay(UntilIdle, time, cancellation);
        var after = await ReadCounterAsync(HeapCounter, cancellation);
        return (double)(after - before) / IdleKeys;
    }

    private async Task<double> MeasureReadyAsync()
    {
        var starts = new List<double>();
        for (var i = 0; i < Restarts; i++)
            starts.Add((await node.RestartAsync()).TotalMilliseconds);
        return starts.Order().ElementAt(Restarts / 2);
    }

    private async Task SendAsync(
        IReadOnlyList<FleetKey> keys, IEventSource source, CancellationToken cancellation)
    {
        var options = new RunOptions
        {
            Targets = endpoint.Targets,
            RunId = string.Create(CultureInfo.InvariantCulture, $"examine{++_runs}"),
            Keys = keys,
            Connections = plan.Connections,
        };
        var run = await new LoadRun(options, source, new NoSink(), time).RunAsync(_ => { }, cancellation);
        if (run.Tally.Counted != run.Tally.Events)
            throw new ManagementException($"of {run.Tally.Events} events {run.Tally.Counted} were counted");
    }

    /// <summary>Counters of memory are read after a collection, which the query asks for.</summary>
    private async Task<long> ReadCounterAsync(string name, CancellationToken cancellation)
    {
        var all = await node.Calls.GetAsync("api/v1/diagnostics?collect=true", cancellation);
        return all.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            ? value.GetInt64()
            : throw new ManagementException($"the node's diagnostics have no {name}");
    }
}
