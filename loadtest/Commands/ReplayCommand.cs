using System.CommandLine;
using Sluice.LoadTest.Events;
using Sluice.LoadTest.Fleets;
using Sluice.LoadTest.Progress;
using Sluice.LoadTest.Replay;
using Sluice.LoadTest.Settings;

namespace Sluice.LoadTest.Commands;

/// <summary><c>replay</c>: sends a recorded hour and proves that the server counted it exactly.</summary>
internal sealed class ReplayCommand
{
    private readonly NodeArguments _node = new();
    private readonly Option<string> _trace = new("--trace")
    {
        Description = "CSV with TIMESTAMP, ContextTokens, GeneratedTokens",
        Required = true,
    };

    private readonly Option<double> _speed = new Option<double>("--speed")
    {
        Description = "Times faster than recorded; 0 is as fast as possible",
        DefaultValueFactory = _ => 1,
    }.InRange(0, 1_000_000);

    private readonly Option<SendMode> _mode = SendOptions.Mode();
    private readonly Option<AckMode> _ack = SendOptions.Ack();
    private readonly Option<int> _tenants = Count("--tenants", "Tenants to create", 3);
    private readonly Option<int> _projects = Count("--projects", "Projects of each tenant, besides Default", 4);
    private readonly Option<int> _keys = Count("--keys", "Keys of each project", 5);
    private readonly Option<long> _seed = new("--seed")
    {
        Description = "Spreads rows over keys",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<int> _connections = Count("--connections", "Connections to send over", 64);
    private readonly Option<bool> _repeatIds = new("--repeat-ids")
    {
        Description = "Send every event twice under its id, at the same time",
    };

    private readonly Option<bool> _expectDuplicates = new("--expect-duplicates")
    {
        Description = "Fail unless every event is answered as a duplicate: for the second run with a run id",
    };

    private readonly Option<string?> _runId = new("--run-id")
    {
        Description = "Starts every event id; the same one again finds its tenants and keys (default: a new one)",
    };

    private readonly Option<int> _from = new Option<int>("--from")
    {
        Description = "First row, from 0",
    }.InRange(0, int.MaxValue);

    private readonly Option<int?> _take = new Option<int?>("--take")
    {
        Description = "Number of rows (default: all that follow)",
    }.AtLeast(0);

    private readonly Option<string?> _state = new("--state")
    {
        Description = "File for keys and progress, mode 0600 (default: <SLUICE_DATA>/loadtest/replay-<run-id>.json)",
    };

    public static Command Create()
    {
        var replay = new ReplayCommand();
        var command = new Command("replay", "Replay a recorded trace and compare the totals, scope by scope")
        {
            replay._trace, replay._speed, replay._mode, replay._ack, replay._tenants, replay._projects, replay._keys,
            replay._seed, replay._connections, replay._repeatIds, replay._expectDuplicates, replay._runId,
            replay._from, replay._take, replay._state,
        };
        replay._node.AddTo(command);
        command.SetAction((parsed, cancellation) => CommandErrors.TellAsync(() =>
        {
            var time = TimeProvider.System;
            var run = new ReplayRun(replay.Read(parsed, time), Console.Out, ProgressDisplay.Choose(time), time);
            return run.ExecuteAsync(cancellation);
        }));
        return command;
    }

    private static Option<int> Count(string name, string description, int normal) => new Option<int>(name)
    {
        Description = description,
        DefaultValueFactory = _ => normal,
    }.InRange(1, 10_000);

    private ReplayOptions Read(ParseResult parsed, TimeProvider time)
    {
        var runId = parsed.GetValue(_runId) ?? RunIds.New("replay", time);
        return new ReplayOptions
        {
            Node = _node.Read(parsed),
            TracePath = parsed.GetValue(_trace)!,
            Plan = new FleetPlan(
                runId,
                parsed.GetValue(_seed),
                parsed.GetValue(_tenants),
                parsed.GetValue(_projects),
                parsed.GetValue(_keys)),
            StatePath = parsed.GetValue(_state) ?? Path.Combine(NodeSettings.StateFolder, $"replay-{runId}.json"),
            Speed = parsed.GetValue(_speed),
            Mode = parsed.GetValue(_mode),
            Ack = parsed.GetValue(_ack),
            Connections = parsed.GetValue(_connections),
            RepeatIds = parsed.GetValue(_repeatIds),
            ExpectDuplicates = parsed.GetValue(_expectDuplicates),
            From = parsed.GetValue(_from),
            Take = parsed.GetValue(_take),
        };
    }
}
