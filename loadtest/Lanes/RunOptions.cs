using Sluice.LoadTest.Events;
using Sluice.LoadTest.Http;
using Sluice.LoadTest.Management;

namespace Sluice.LoadTest.Lanes;

/// <summary>Options for sending the events of a run.</summary>
internal sealed record RunOptions
{
    /// <summary>The targets: one node or several of a cluster, assigned to the connections in turn.</summary>
    public required IReadOnlyList<HttpTarget> Targets { get; init; }

    /// <summary>The prefix of every event id, followed by the event's number.</summary>
    public required string RunId { get; init; }

    /// <summary>
    /// Omits the ids and lets the server generate them: events then can't be told apart, so a run that may repeat one
    /// must not omit them. An event with an id waits for the disk even with an answer from memory.
    /// </summary>
    public bool LeavesIdsOut { get; init; }

    /// <summary>The keys that <see cref="LoadEvent.KeyIndex"/> refers to.</summary>
    public required IReadOnlyList<FleetKey> Keys { get; init; }

    public SendMode Mode { get; init; } = SendMode.Consume;

    public AckMode Ack { get; init; } = AckMode.Durable;

    /// <summary>Number of connections, each sending its next request when the last one is answered.</summary>
    public int Connections { get; init; } = 64;

    /// <summary>Maximum single-event requests in flight on one connection.</summary>
    public int PipelineDepth { get; init; } = 1;

    /// <summary>Events per batch, 1 to 10,000.</summary>
    public int BatchSize { get; init; } = 1000;

    /// <summary>The gateway token, required for <see cref="SendMode.Batch"/>.</summary>
    public string? GatewayToken { get; init; }

    public RetryPolicy Retry { get; init; } = new();

    /// <summary>Time without a response after which a connection is closed and its request retried.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
