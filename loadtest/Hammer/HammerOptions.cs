using Sluice.LoadTest.Events;
using Sluice.LoadTest.Settings;

namespace Sluice.LoadTest.Hammer;

/// <summary>
/// Options of a constant load: every connection sends its next event as soon as the last one is answered.
/// </summary>
internal sealed record HammerOptions
{
    public required NodeSettings Node { get; init; }

    /// <summary>The prefix of every event id; a new one for each run, or nothing is counted.</summary>
    public required string RunId { get; init; }

    /// <summary>The file with the keys to use; if it is missing, keys are created and written to it.</summary>
    public required string KeysFile { get; init; }

    public int Keys { get; init; } = 16;

    public SendMode Mode { get; init; } = SendMode.Consume;

    public AckMode Ack { get; init; } = AckMode.Durable;

    /// <summary>
    /// Omits the ids and lets the server generate them, which allows it to answer from memory. Not with a journal.
    /// </summary>
    public bool LeavesIdsOut { get; init; }

    public int Connections { get; init; } = 64;

    public int PipelineDepth { get; init; } = 1;

    public int BatchSize { get; init; } = 1000;

    /// <summary>Number of events to send; null sends for <see cref="Duration"/>.</summary>
    public long? Requests { get; init; }

    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The text_tokens of each event.</summary>
    public long Tokens { get; init; } = 100;

    /// <summary>Blocks the tenant of the keys at this many text_tokens a month before the load starts.</summary>
    public long? LimitTokens { get; init; }

    /// <summary>The file to which answers are written as they arrive; null for none.</summary>
    public string? JournalPath { get; init; }

    /// <summary>Prints one JSON object instead of lines.</summary>
    public bool Json { get; init; }
}
