using System.CommandLine;
using Sluice.LoadTest.Events;

namespace Sluice.LoadTest.Commands;

/// <summary>The options for sending events, common to every command that offers them.</summary>
internal static class SendOptions
{
    public static Option<SendMode> Mode() => new("--mode")
    {
        Description = "Which calls carry the events",
        DefaultValueFactory = _ => SendMode.Consume,
    };

    public static Option<AckMode> Ack() => new("--ack")
    {
        Description = "When the server may answer",
        DefaultValueFactory = _ => AckMode.Durable,
    };
}
