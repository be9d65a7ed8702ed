using Sluice.LoadTest.Settings;

namespace Sluice.LoadTest.Hammer;

/// <summary>Options for checking a journal.</summary>
internal sealed record VerifyOptions
{
    public required NodeSettings Node { get; init; }

    public required string JournalPath { get; init; }

    /// <summary>The file with the keys that the journal's run used.</summary>
    public required string KeysFile { get; init; }

    public int Connections { get; init; } = 64;

    /// <summary>
    /// Maximum acknowledged events that may be lost: 0, except for memory acks of a process that crashed.
    /// </summary>
    public long LostAtMost { get; init; }
}
