using Sluice.LoadTest.Events;
using Sluice.LoadTest.Fleets;
using Sluice.LoadTest.Http;

namespace Sluice.LoadTest.Runs;

/// <summary>How a run sends its events.</summary>
internal sealed record RunOptions
{
    /// <summary>Where the events go: one node or several of a cluster, dealt to the connections in turn.</summary>
    public required IReadOnlyList<HttpTarget> Targets { get; init; }

    /// <summary>Starts every event id; with the event's number it makes the id.</summary>
    public required string RunId { get; init; }

    /// <summary>
    /// Without ids the server makes them: an event can't be told from another, so a run that may repeat one must not
    /// leave them out. An event with an id waits for the disk even with an answer from memory.
    /// </summary>
    public bool LeavesIdsOut { get; init; }

    /// <summary>The keys that <see cref="LoadEvent.KeyIndex"/> points into.</summary>
    public required IReadOnlyList<FleetKey> Keys { get; init; }

    public SendMode Mode { get; init; } = SendMode.Consume;

    public AckMode Ack { get; init; } = AckMode.Durable;

    /// <summary>Connections, each sending its next request when the last one is answered.</summary>
    public int Connections { get; init; } = 64;

    /// <summary>Single-event requests in flight on one connection.</summary>
    public int PipelineDepth { get; init; } = 1;

    /// <summary>Events of one batch, 1 to 10,000.</summary>
    public int BatchSize { get; init; } = 1000;

    /// <summary>Needed for <see cref="SendMode.Batch"/>.</summary>
    public string? GatewayToken { get; init; }

    public RetryPolicy Retry { get; init; } = new();

    /// <summary>A connection that is silent for this long is hung up, and its request tried again.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
