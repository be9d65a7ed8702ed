using Sluice.LoadTest.Events;
using Sluice.LoadTest.Fleets;
using Sluice.LoadTest.Lanes;
using Sluice.LoadTest.Progress;
using Sluice.LoadTest.Runs;
using Sluice.LoadTest.Settings;

namespace Sluice.LoadTest.Hammer;

/// <summary>
/// Sends every decided event of a journal again and checks that the server's answers agree with the first ones.
/// </summary>
internal sealed class VerifyRun(
    VerifyOptions options, TextWriter output, IProgressDisplay display, TimeProvider time)
{
    /// <returns>An <see cref="ExitCode"/>.</returns>
    /// <exception cref="SettingMissingException">There are no keys.</exception>
    /// <exception cref="FormatException">The journal is malformed.</exception>
    public async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        var journal = JournalReader.Read(options.JournalPath);
        var fleet = await PrivateFile.ReadAsync<Fleet>(options.KeysFile, cancellation)
            ?? throw new SettingMissingException($"There are no keys in {options.KeysFile}; give --keys-file.");
        var run = new RunOptions
        {
            Targets = options.Node.Targets,
            RunId = journal.RunId,
            Keys = fleet.Keys,
            Mode = journal.Mode,
            Ack = journal.Ack,
            Connections = options.Connections,
            GatewayToken = journal.Mode == SendMode.Batch ? options.Node.ReadGatewayToken() : null,
        };
        var verdict = new JournalVerdict(journal);
        var load = new LoadRun(run, new JournalSource(journal, fleet.Keys), verdict, time);
        var result = await display.ShowAsync("verify", report => load.RunAsync(report, cancellation));
        return Conclude(verdict, result);
    }

    private int Conclude(JournalVerdict verdict, RunResult result)
    {
        RunReport.Print(output, result);
        foreach (var example in verdict.Examples)
            output.WriteLine(example);
        if (result.Interrupted)
            return ExitCode.Interrupted;
        var isRight = result.IsComplete && verdict.Lost <= options.LostAtMost && verdict.RefusedYetCounted == 0;
        output.WriteLine(isRight
            ? $"The journal holds: {verdict.Lost} acknowledged events lost, none both refused and counted."
            : $"NOT RIGHT: {verdict.Lost} acknowledged events lost, {verdict.RefusedYetCounted} both refused and "
                + $"counted, {result.Tally.Unanswered} unanswered, {result.Tally.Failed} failed.");
        return isRight ? ExitCode.Exact : ExitCode.Different;
    }
}
