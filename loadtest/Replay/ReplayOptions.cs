using Sluice.LoadTest.Events;
using Sluice.LoadTest.Fleets;
using Sluice.LoadTest.Settings;

namespace Sluice.LoadTest.Replay;

/// <summary>Options of a replay.</summary>
internal sealed record ReplayOptions
{
    public required NodeSettings Node { get; init; }

    public required string TracePath { get; init; }

    /// <summary>The tenants, projects and keys; their run id is the prefix of every event id.</summary>
    public required FleetPlan Plan { get; init; }

    /// <summary>The file in which the run keeps its keys and the rows counted so far.</summary>
    public required string StatePath { get; init; }

    /// <summary>How many times faster than recorded; 0 means as fast as the server answers.</summary>
    public double Speed { get; init; } = 1;

    public SendMode Mode { get; init; } = SendMode.Consume;

    public AckMode Ack { get; init; } = AckMode.Durable;

    public int Connections { get; init; } = 64;

    /// <summary>Sends every event twice under its id; it must count once.</summary>
    public bool RepeatIds { get; init; }

    /// <summary>Fails unless every event is answered as a duplicate.</summary>
    public bool ExpectDuplicates { get; init; }

    /// <summary>The first row, from 0.</summary>
    public int From { get; init; }

    /// <summary>The number of rows; null for all that follow.</summary>
    public int? Take { get; init; }

    /// <summary>How long usage may take to become visible after the last acknowledgement.</summary>
    public TimeSpan SettleFor { get; init; } = TimeSpan.FromSeconds(5);
}
