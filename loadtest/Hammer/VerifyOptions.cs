using Sluice.LoadTest.Settings;

namespace Sluice.LoadTest.Hammer;

/// <summary>How to check a journal.</summary>
internal sealed record VerifyOptions
{
    public required NodeSettings Node { get; init; }

    public required string JournalPath { get; init; }

    /// <summary>The keys that the journal's run used.</summary>
    public required string KeysFile { get; init; }

    public int Connections { get; init; } = 64;

    /// <summary>Acknowledged events that may be gone: 0, but for memory acks of a process that died.</summary>
    public long LostAtMost { get; init; }
}
