using Sluice.LoadTest.Checks;
using Sluice.LoadTest.Events;
using Sluice.LoadTest.Fleets;
using Sluice.LoadTest.Lanes;
using Sluice.LoadTest.Management;
using Sluice.LoadTest.Progress;
using Sluice.LoadTest.Runs;
using Sluice.LoadTest.Settings;

namespace Sluice.LoadTest.Hammer;

/// <summary>
/// Sends a constant load, writes its journal, and compares the result with the limit if there is one.
/// </summary>
internal sealed class HammerRun(
    HammerOptions options, TextWriter output, IProgressDisplay display, TimeProvider time)
{
    /// <returns>An <see cref="ExitCode"/>.</returns>
    /// <exception cref="SettingMissingException">Keys or tokens are missing.</exception>
    /// <exception cref="ManagementException">The server refused a management call.</exception>
    /// <exception cref="IOException">The journal already exists.</exception>
    public async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        var fleet = await PrivateFile.ReadAsync<Fleet>(options.KeysFile, cancellation)
            ?? await CreateFleetAsync(cancellation);
        if (options.LimitTokens is { } limit)
            await SetLimitAsync(fleet, limit, cancellation);

        var run = new RunOptions
        {
            Targets = options.Node.Targets,
            RunId = options.RunId,
            Keys = fleet.Keys,
            Mode = options.Mode,
            Ack = options.Ack,
            LeavesIdsOut = options.LeavesIdsOut,
            Connections = options.Connections,
            PipelineDepth = options.PipelineDepth,
            BatchSize = options.BatchSize,
            GatewayToken = options.Mode == SendMode.Batch ? options.Node.ReadGatewayToken() : null,
        };
        using var journal = options.JournalPath is { } path ? new Journal(path, run) : null;
        var source = new HammerSource(
            fleet.Keys.Count, options.Tokens, options.Requests, options.Duration, time);
        var load = new LoadRun(run, source, journal ?? (IOutcomeSink)new NoSink(), time);
        var result = await display.ShowAsync("hammer", report => load.RunAsync(report, cancellation));
        return await ConcludeAsync(fleet, result, cancellation);
    }

    private async Task<Fleet> CreateFleetAsync(CancellationToken cancellation)
    {
        using var calls = OpenCalls();
        var plan = new FleetPlan(options.RunId, Seed: 1, Tenants: 1, ProjectsPerTenant: 1, options.Keys);
        var fleet = await new FleetBuilder(new ManagementClient(calls), time).BuildAsync(plan, cancellation);
        await PrivateFile.WriteAsync(options.KeysFile, fleet, cancellation);
        return fleet;
    }

    private async Task SetLimitAsync(Fleet fleet, long limitTokens, CancellationToken cancellation)
    {
        using var calls = OpenCalls();
        foreach (var tenant in fleet.Tenants)
            await new ManagementClient(calls).BlockTokensAsync(tenant.Id, limitTokens, cancellation);
    }

    private async Task<int> ConcludeAsync(Fleet fleet, RunResult result, CancellationToken cancellation)
    {
        var complaint = await ComplaintAboutAsync(fleet, result, cancellation);
        if (options.Json)
        {
            output.WriteLine(HammerSummary.Of(options, result, complaint).ToJson());
        }
        else
        {
            output.WriteLine($"run id      {options.RunId} (keys in {options.KeysFile})");
            RunReport.Print(output, result);
            if (complaint is not null)
                output.WriteLine($"NOT RIGHT: {complaint}");
        }

        if (result.Interrupted)
            return ExitCode.Interrupted;
        return complaint is null ? ExitCode.Exact : ExitCode.Different;
    }

    private async Task<string?> ComplaintAboutAsync(Fleet fleet, RunResult result, CancellationToken cancellation)
    {
        if (result.Tally.Failed > 0)
            return $"{result.Tally.Failed} events failed, the first with {result.Tally.FirstFailure}";
        if (result.Tally.Unanswered > 0)
            return $"{result.Tally.Unanswered} events were never answered";
        if (options.LimitTokens is not { } limit || result.Interrupted)
            return null;

        // Use the server's own count, which includes usage from before this run and lost answers.
        using var calls = OpenCalls();
        var reader = new UsageReader(calls);
        foreach (var tenant in fleet.Tenants)
        {
            var state = await reader.ReadStateAsync(tenant.Id, "text_tokens", cancellation);
            var used = state.GetValueOrDefault(tenant.Id).Used;
            if (used > limit)
                return $"tenant {tenant.Id} used {used} text_tokens, over its limit of {limit}";
        }

        return null;
    }

    private ManagementCalls OpenCalls() =>
        new(options.Node.First.BaseAddress, options.Node.ReadOperatorToken(), time);
}
