using Sluice.LoadTest.Checks;
using Sluice.LoadTest.Events;
using Sluice.LoadTest.Fleets;
using Sluice.LoadTest.Lanes;
using Sluice.LoadTest.Management;
using Sluice.LoadTest.Progress;
using Sluice.LoadTest.Runs;
using Sluice.LoadTest.Settings;
using Sluice.LoadTest.Traces;
using Sluice.LoadTest.Traffic;

namespace Sluice.LoadTest.Replay;

/// <summary>
/// Replays a trace and proves the result: usage acknowledged by the server under this run id, now or earlier, must
/// equal the usage it reports, for every key, project and tenant, to the token.
/// </summary>
internal sealed class ReplayRun(
    ReplayOptions options, TextWriter output, IProgressDisplay display, TimeProvider time)
{
    /// <returns>An <see cref="ExitCode"/>.</returns>
    /// <exception cref="SettingMissingException">The run id's state doesn't match, or a token is missing.</exception>
    /// <exception cref="ManagementException">The server refused a management call.</exception>
    public async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        var trace = Trace.Read(options.TracePath);
        using var calls = new ManagementCalls(
            options.Node.First.BaseAddress, options.Node.ReadOperatorToken(), time);
        var state = await LoadStateAsync(trace, calls, cancellation);

        var spread = new KeySpread(state.Fleet.Keys.Count, state.Fleet.Seed);
        var source = new ReplaySource(trace, spread, options, time);
        var sink = new ReplaySink(RowSet.FromBytes(state.AcknowledgedRows, trace.Rows.Count));
        var result = await SendAsync(state.Fleet, source, sink, cancellation);

        // Saved even if interrupted: the server has counted these rows, whatever happens next.
        state = state with { AcknowledgedRows = sink.Acknowledged.ToBytes() };
        await PrivateFile.WriteAsync(options.StatePath, state, CancellationToken.None);
        ReplayReport.Print(output, options, result, sink.Acknowledged.Count);
        if (result.Interrupted)
            return ExitCode.Interrupted;

        var expected = Expect(state.Fleet, source, sink.Acknowledged, trace.Rows.Count);
        var complaint = ComplaintAbout(result, sink) ?? await FindDifferenceAsync(calls, expected, cancellation);
        output.WriteLine(complaint is null
            ? $"Exact: {expected.TotalTokens} text_tokens in {sink.Acknowledged.Count} events, "
                + $"the same for {state.Fleet.Keys.Count} keys, their projects and tenants."
            : $"NOT EXACT: {complaint}");
        return complaint is null ? ExitCode.Exact : ExitCode.Different;
    }

    private static ExpectedUsage Expect(Fleet fleet, ReplaySource source, RowSet acknowledged, int rows)
    {
        var expected = new ExpectedUsage(fleet);
        for (var row = 0; row < rows; row++)
        {
            if (!acknowledged.Contains(row))
                continue;
            var item = source.EventOf(row);
            expected.Add(item.KeyIndex, item.TotalTokens);
        }

        return expected;
    }

    private async Task<ReplayState> LoadStateAsync(
        Trace trace, ManagementCalls calls, CancellationToken cancellation)
    {
        var management = new ManagementClient(calls);
        var saved = await PrivateFile.ReadAsync<ReplayState>(options.StatePath, cancellation);
        if (saved is not null)
        {
            if (saved.ObjectionTo(options, trace.Fingerprint) is { } objection)
                throw new SettingMissingException($"{objection} Choose another --run-id.");
            return await management.TenantExistsAsync(saved.Fleet.Tenants[0].Id, cancellation)
                ? saved
                : throw new SettingMissingException(
                    $"{options.StatePath} belongs to another server; remove it or choose another --run-id.");
        }

        var fleet = await new FleetBuilder(management, time).BuildAsync(options.Plan, cancellation);
        var state = new ReplayState(
            fleet, trace.Fingerprint, options.Mode, new RowSet(trace.Rows.Count).ToBytes());
        await PrivateFile.WriteAsync(options.StatePath, state, cancellation);
        return state;
    }

    private Task<RunResult> SendAsync(
        Fleet fleet, ReplaySource source, ReplaySink sink, CancellationToken cancellation)
    {
        var run = new RunOptions
        {
            Targets = options.Node.Targets,
            RunId = fleet.RunId,
            Keys = fleet.Keys,
            Mode = options.Mode,
            Ack = options.Ack,
            Connections = options.Connections,
            GatewayToken = options.Mode == SendMode.Batch ? options.Node.ReadGatewayToken() : null,
        };
        var load = new LoadRun(run, source, sink, time);
        return display.ShowAsync("replay", report => load.RunAsync(report, cancellation));
    }

    private string? ComplaintAbout(RunResult result, ReplaySink sink)
    {
        var tally = result.Tally;
        if (sink.CountedTwice is { } row)
            return $"the event {options.Plan.RunId}-{row} was counted twice under one id";
        if (tally.Failed > 0)
            return $"{tally.Failed} events failed, the first with {tally.FirstFailure}";
        if (tally.Unanswered > 0)
            return $"{tally.Unanswered} events were never answered";
        return options.ExpectDuplicates && tally.Duplicates != tally.Events
            ? $"of {tally.Events} repeated events only {tally.Duplicates} were answered as duplicates"
            : null;
    }

    private Task<string?> FindDifferenceAsync(
        ManagementCalls calls, ExpectedUsage expected, CancellationToken cancellation) =>
        new UsageCheck(new UsageReader(calls), time).FindDifferenceAsync(expected, options.SettleFor, cancellation);
}
