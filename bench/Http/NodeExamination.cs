using System.Globalization;
using Sluice.Bench.Contenders;
using Sluice.LoadTest.Fleets;
using Sluice.LoadTest.Hammer;
using Sluice.LoadTest.Lanes;
using Sluice.LoadTest.Management;
using Sluice.LoadTest.Runs;

namespace Sluice.Bench.Http;

/// <summary>Measures what the rates don't show, by the counters of one node.</summary>
internal sealed class NodeExamination(
    string name, SluiceContender node, Endpoint endpoint, HttpPlan plan, TextWriter progress, TimeProvider time)
{
    private const int IdleKeys = 2_000;
    private const int Starts = 5;
    private const string HeapCounter = "managedHeapBytes";
    private const string AuthoritiesCounter = "authorities";

    /// <summary>
    /// Maximum time until a key is idle and has no authority: the edge has returned its rights, and its grain is
    /// deactivated.
    /// </summary>
    private static readonly TimeSpan IdleWithin = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(5);

    private readonly List<double> _startsMs = [];
    private IReadOnlyList<(int RequestsPerSecond, double CallsPerSecond)> _authorityCalls = [];
    private (long HeapBytes, long Authorities)? _beforeKeys;
    private double? _bytesPerIdleKey;

    private NodeFacts Facts => new()
    {
        AuthorityCalls = _authorityCalls,
        BytesPerIdleKey = _bytesPerIdleKey,
        StartsMs = _startsMs,
    };

    /// <summary>
    /// Examines several nodes in turn at each step, so that other work on the machine slows all of them alike.
    /// </summary>
    /// <returns>One result for each node, in order.</returns>
    public static async Task<IReadOnlyList<NodeFacts>> RunAsync(
        IReadOnlyList<NodeExamination> nodes, CancellationToken cancellation)
    {
        foreach (var node in nodes)
            await node.CountAuthorityCallsAsync(cancellation);
        foreach (var node in nodes)
            await node.UseKeysAsync(cancellation);
        foreach (var node in nodes)
            await node.MeasureIdleKeysAsync(cancellation);

        // Last, because a restarted node listens at another address.
        for (var start = 0; start < Starts; start++)
        {
            foreach (var node in nodes)
                await node.MeasureStartAsync();
        }

        return [.. nodes.Select(node => node.Facts)];
    }

    private async Task CountAuthorityCallsAsync(CancellationToken cancellation)
    {
        await progress.WriteLineAsync($"{name}: counting authority calls");
        _authorityCalls = await new AuthorityCallRates(node.Calls, endpoint, plan, progress, time)
            .MeasureAsync(cancellation);
    }

    /// <summary>Creates many keys and uses each once.</summary>
    private async Task UseKeysAsync(CancellationToken cancellation)
    {
        try
        {
            await progress.WriteLineAsync($"{name}: creating {IdleKeys} keys, each of them to use once");
            var keys = await CreateKeysAsync(cancellation);
            var authorities = await ReadAsync(AuthoritiesCounter, cancellation);
            var heapBytes = await ReadAsync(HeapCounter, cancellation);
            await SendToEachAsync(keys, cancellation);
            _beforeKeys = (heapBytes, authorities);
        }
        catch (ManagementException missing)
        {
            await progress.WriteLineAsync($"{name}: bytes per idle key: not measured: {missing.Message}");
        }
    }

    private async Task MeasureIdleKeysAsync(CancellationToken cancellation)
    {
        if (_beforeKeys is not { } before)
            return;
        await progress.WriteLineAsync($"{name}: waiting until the keys are idle");
        var started = time.GetTimestamp();
        while (await ReadAsync(AuthoritiesCounter, cancellation) is var active && active > before.Authorities)
        {
            if (time.GetElapsedTime(started) > IdleWithin)
            {
                await progress.WriteLineAsync($"{name}: bytes per idle key: not measured: {active} authorities left");
                return;
            }

            await Task.Delay(PollEvery, time, cancellation);
        }

        _bytesPerIdleKey = (double)(await ReadAsync(HeapCounter, cancellation) - before.HeapBytes) / IdleKeys;
        await progress.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{name}: bytes per idle key: {_bytesPerIdleKey:N0}"));
    }

    private Task<long> ReadAsync(string counter, CancellationToken cancellation) =>
        NodeDiagnostics.ReadAsync(node.Calls[0], counter, cancellation);

    private async Task MeasureStartAsync()
    {
        var readyAfter = await node.RestartAsync();
        _startsMs.Add(readyAfter.TotalMilliseconds);
        await progress.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{name}: ready after start: {readyAfter.TotalMilliseconds:N0} ms"));
    }

    private async Task<IReadOnlyList<FleetKey>> CreateKeysAsync(CancellationToken cancellation)
    {
        var management = new ManagementClient(node.Calls[0]);
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

        return keys;
    }

    private async Task SendToEachAsync(IReadOnlyList<FleetKey> keys, CancellationToken cancellation)
    {
        var options = new RunOptions
        {
            Targets = endpoint.Targets,
            RunId = "examine-idle",
            Keys = keys,
            Connections = plan.Connections,
        };
        var source = new HammerSource(keys.Count, plan.TokensPerEvent, keys.Count, TimeSpan.MaxValue, time);
        var run = await new LoadRun(options, source, new NoSink(), time).RunAsync(_ => { }, cancellation);
        if (run.Tally.Counted != run.Tally.Events)
            throw new ManagementException($"of {run.Tally.Events} events {run.Tally.Counted} were counted");
    }
}
