using System.Globalization;
using Sluice.Bench.Contenders;
using Sluice.LoadTest.Fleets;
using Sluice.LoadTest.Hammer;
using Sluice.LoadTest.Management;
using Sluice.LoadTest.Runs;

namespace Sluice.Bench.Http;

/// <summary>Measures what the rates don't show, by the node's own counters.</summary>
internal sealed class NodeExamination(
    SluiceContender node, Endpoint endpoint, HttpPlan plan, TextWriter progress, TimeProvider time)
{
    private const int IdleKeys = 2_000;
    private const int Restarts = 3;
    private const string HeapCounter = "managedHeapBytes";

    /// <summary>
    /// Until the edge has given the rights of idle keys back, and their authorities have gone: three minutes.
    /// </summary>
    private static readonly TimeSpan UntilIdle = TimeSpan.FromSeconds(200);

    public async Task<NodeFacts> RunAsync(CancellationToken cancellation)
    {
        IReadOnlyList<(int, double)> calls = [];
        double? bytesPerKey = null;
        string? gap = null;
        try
        {
            calls = await new AuthorityCallRates([node.Calls], endpoint, plan, progress, time)
                .MeasureAsync(cancellation);
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

        var before = await Diagnostics.ReadAsync(node.Calls, HeapCounter, cancellation);
        await SendAsync(
            keys, new HammerSource(IdleKeys, plan.TokensPerEvent, IdleKeys, TimeSpan.MaxValue, time), cancellation);
        await progress.WriteLineAsync($"waiting {UntilIdle.TotalSeconds:0} s until they are idle");
        await Task.Delay(UntilIdle, time, cancellation);
        var after = await Diagnostics.ReadAsync(node.Calls, HeapCounter, cancellation);
        return (double)(after - before) / IdleKeys;
    }

    private async Task<double> MeasureReadyAsync()
    {
        var starts = new List<double>();
        for (var i = 0; i < Restarts; i++)
            starts.Add((await node.RestartAsync()).TotalMilliseconds);
        return starts.Order().ElementAt(Restarts / 2);
    }

    private async Task SendAsync(IReadOnlyList<FleetKey> keys, IEventSource source, CancellationToken cancellation)
    {
        var options = new RunOptions
        {
            Targets = endpoint.Targets,
            RunId = "examine-idle",
            Keys = keys,
            Connections = plan.Connections,
        };
        var run = await new LoadRun(options, source, new NoSink(), time).RunAsync(_ => { }, cancellation);
        if (run.Tally.Counted != run.Tally.Events)
            throw new ManagementException($"of {run.Tally.Events} events {run.Tally.Counted} were counted");
    }
}
