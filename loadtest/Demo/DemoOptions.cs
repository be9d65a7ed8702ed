using Sluice.LoadTest.Settings;

namespace Sluice.LoadTest.Demo;

/// <summary>Options of a demo: a quarter of a minute of traffic, then a trickle to watch.</summary>
internal sealed record DemoOptions
{
    public required NodeSettings Node { get; init; }

    /// <summary>The file in which the demo keeps its keys from one run to the next.</summary>
    public required string StatePath { get; init; }

    /// <summary>The file in which it keeps who can sign in; null for the tenant of live traffic only.</summary>
    public string? AccountsPath { get; init; }

    /// <summary>The prefix of every event id of this run.</summary>
    public required string RunId { get; init; }

    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(15);

    public int EventsPerSecond { get; init; } = 400;

    public int Connections { get; init; } = 32;

    public long Seed { get; init; } = 1;

    /// <summary>Whether to go on with a trickle of traffic and a live table until it is cancelled.</summary>
    public bool Stays { get; init; }
}
