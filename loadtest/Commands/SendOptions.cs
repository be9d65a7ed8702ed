using System.CommandLine;
using Sluice.LoadTest.Events;

namespace Sluice.LoadTest.Commands;

/// <summary>How events are sent: what every command that lets one choose offers.</summary>
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
