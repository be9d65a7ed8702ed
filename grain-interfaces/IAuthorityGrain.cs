using Sluice.GrainInterfaces.Messages;

namespace Sluice.GrainInterfaces;

/// <summary>
/// The calls that every authority answers. The key is the number of the scope. Calls interleave: one that waits for
/// recalled rights must not block the very report that returns them.
/// </summary>
public interface IAuthorityGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Handles a sync of an edge. Returns null if this activation won't answer; the edge then retries.
    /// </summary>
    [Alias("sync"), ResponseTimeout("00:00:05")]
    Task<SyncAnswer?> SyncAsync(SyncCall call);

    /// <summary>
    /// Applies limits that changed in the database. Returns true once they are in force at every edge; false if that is
    /// not certain yet, and the caller must retry.
    /// </summary>
    [Alias("refresh"), ResponseTimeout("00:00:10")]
    Task<bool> RefreshAsync();

    /// <summary>
    /// Reads the live values of all counters. Returns null if no edge or change has needed the authority since it was
    /// last idle: then the store has all that there is, and reading does not start it.
    /// </summary>
    [Alias("read"), ResponseTimeout("00:00:05")]
    Task<ReadingLine[]?> ReadAsync();
}
