using System.CommandLine;
using Sluice.LoadTest.Demo;
using Sluice.LoadTest.Progress;
using Sluice.LoadTest.Settings;

namespace Sluice.LoadTest.Commands;

/// <summary><c>demo</c>: fills a tenant with traffic, and shows what it spends until Ctrl-C.</summary>
internal sealed class DemoCommand
{
    private readonly NodeArguments _node = new();
    private readonly Option<int> _seconds = new Option<int>("--seconds")
    {
        Description = "How long to send",
        DefaultValueFactory = _ => 15,
    }.InRange(1, 86_400);

    private readonly Option<int> _rate = new Option<int>("--rate")
    {
        Description = "Events per second",
        DefaultValueFactory = _ => 400,
    }.InRange(1, 100_000);

    private readonly Option<int> _connections = new Option<int>("--connections")
    {
        Description = "Connections to send over",
        DefaultValueFactory = _ => 32,
    }.InRange(1, 10_000);

    private readonly Option<long> _seed = new("--seed")
    {
        Description = "Decides token counts, models and keys",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<bool> _once = new("--once")
    {
        Description = "End after the traffic, without the live table",
    };

    public static Command Create()
    {
        var demo = new DemoCommand();
        var command = new Command("demo", "Make a demo tenant, send it traffic, and show where to look")
        {
            demo._seconds, demo._rate, demo._connections, demo._seed, demo._once,
        };
        demo._node.AddTo(command);
        command.SetAction((parsed, cancellation) => CommandErrors.TellAsync(() =>
        {
            var time = TimeProvider.System;
            var run = new DemoRun(demo.Read(parsed, time), Console.Out, ProgressDisplay.Choose(time), time);
            return run.ExecuteAsync(cancellation);
        }));
        return command;
    }

    private DemoOptions Read(ParseResult parsed, TimeProvider time) => new()
    {
        Node = _node.Read(parsed),
        StatePath = Path.Combine(NodeSettings.StateFolder, "demo-xts.json"),
        AccountsPath = Path.Combine(NodeSettings.StateFolder, "demo-accounts.json"),
        RunId = RunIds.New("demo", time),
        Duration = TimeSpan.FromSeconds(parsed.GetValue(_seconds)),
        EventsPerSecond = parsed.GetValue(_rate),
        Connections = parsed.GetValue(_connections),
        Seed = parsed.GetValue(_seed),
        Stays = !parsed.GetValue(_once),
    };
}
