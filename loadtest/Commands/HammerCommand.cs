using System.CommandLine;
using Sluice.LoadTest.Events;
using Sluice.LoadTest.Hammer;
using Sluice.LoadTest.Progress;
using Sluice.LoadTest.Settings;

namespace Sluice.LoadTest.Commands;

/// <summary><c>hammer</c>: constant load with a journal that survives the server, and the check of such a journal.
/// </summary>
internal sealed class HammerCommand
{
    private readonly NodeArguments _node = new();
    private readonly Option<int> _connections = Number("--connections", "Connections to send over", 64, 10_000);
    private readonly Option<int> _seconds = Number("--seconds", "How long to send", 10, 86_400);
    private readonly Option<long?> _requests = new Option<long?>("--requests")
    {
        Description = "Send this many in place of --seconds",
    }.AtLeast(1);

    private readonly Option<SendMode> _mode = SendOptions.Mode();
    private readonly Option<AckMode> _ack = SendOptions.Ack();

    private readonly Option<bool> _noIds = new("--no-ids")
    {
        Description = "Leave the event ids to the server, which lets it answer from memory; not with --journal",
    };

    private readonly Option<int> _pipeline = Number("--pipeline", "Requests in flight on a connection", 1, 1_000);
    private readonly Option<int> _batch = Number("--batch-size", "Events of a batch", 1_000, 10_000);
    private readonly Option<int> _tokens = Number("--tokens", "text_tokens of an event", 100, int.MaxValue);
    private readonly Option<int> _keys = Number("--keys", "Keys to create when there is no keys file", 16, 10_000);
    private readonly Option<string?> _keysFile = new("--keys-file")
    {
        Description = "Keys to use; created when absent (default: <SLUICE_DATA>/loadtest/hammer-<run-id>.json)",
    };

    private readonly Option<long?> _limit = new Option<long?>("--limit")
    {
        Description = "Block the keys' tenant at this many text_tokens first, and fail if it is exceeded",
    }.AtLeast(0);

    private readonly Option<string?> _runId = new("--run-id")
    {
        Description = "Starts every event id (default: a new one)",
    };

    private readonly Option<string?> _journal = new("--journal")
    {
        Description = "New file that gets a line for every answer as it comes",
    };

    private readonly Option<string?> _verify = new("--verify-journal")
    {
        Description = "Send a journal's events again and check that nothing was lost or counted wrongly",
    };

    private readonly Option<long> _lostAtMost = new("--lost-at-most")
    {
        Description = "With --verify-journal: acknowledged events that may be gone (memory acks of a killed process)",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print the summary as JSON" };

    public static Command Create()
    {
        var hammer = new HammerCommand();
        var command = new Command("hammer", "Send a constant load; keep and verify a journal of the answers")
        {
            hammer._connections, hammer._seconds, hammer._requests, hammer._mode, hammer._ack, hammer._noIds,
            hammer._pipeline, hammer._batch, hammer._tokens, hammer._keys, hammer._keysFile, hammer._limit,
            hammer._runId, hammer._journal, hammer._verify, hammer._lostAtMost, hammer._json,
        };
        hammer._node.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(hammer._noIds) && result.GetValue(hammer._journal) is not null)
                result.AddError("--journal needs the ids that --no-ids leaves out.");
        });
        command.SetAction((parsed, cancellation) => CommandErrors.TellAsync(() =>
            hammer.RunAsync(parsed, TimeProvider.System, cancellation)));
        return command;
    }

    private static Option<int> Number(string name, string description, int normal, int max) => new Option<int>(name)
    {
        Description = description,
        DefaultValueFactory = _ => normal,
    }.InRange(1, max);

    private static string KeysFileOf(string runId) => Path.Combine(NodeSettings.StateFolder, $"hammer-{runId}.json");

    private Task<int> RunAsync(ParseResult parsed, TimeProvider time, CancellationToken cancellation)
    {
        var display = ProgressDisplay.Choose(time);
        return parsed.GetValue(_verify) is { } journal
            ? new VerifyRun(ReadVerify(parsed, journal), Console.Out, display, time).ExecuteAsync(cancellation)
            : new HammerRun(ReadHammer(parsed, time), Console.Out, display, time).ExecuteAsync(cancellation);
    }

    private VerifyOptions ReadVerify(ParseResult parsed, string journal) => new()
    {
        Node = _node.Read(parsed),
        JournalPath = journal,
        KeysFile = parsed.GetValue(_keysFile) ?? KeysFileOf(JournalReader.Read(journal).RunId),
        Connections = parsed.GetValue(_connections),
        LostAtMost = parsed.GetValue(_lostAtMost),
    };

    private HammerOptions ReadHammer(ParseResult parsed, TimeProvider time)
    {
        var runId = parsed.GetValue(_runId) ?? RunIds.New("hammer", time);
        return new HammerOptions
        {
            Node = _node.Read(parsed),
            RunId = runId,
            KeysFile = parsed.GetValue(_keysFile) ?? KeysFileOf(runId),
            Keys = parsed.GetValue(_keys),
            Mode = parsed.GetValue(_mode),
            Ack = parsed.GetValue(_ack),
            LeavesIdsOut = parsed.GetValue(_noIds),
            Connections = parsed.GetValue(_connections),
            PipelineDepth = parsed.GetValue(_pipeline),
            BatchSize = parsed.GetValue(_batch),
            Requests = parsed.GetValue(_requests),
            Duration = TimeSpan.FromSeconds(parsed.GetValue(_seconds)),
            Tokens = parsed.GetValue(_tokens),
            LimitTokens = parsed.GetValue(_limit),
            JournalPath = parsed.GetValue(_journal),
            Json = parsed.GetValue(_json),
        };
    }
}
