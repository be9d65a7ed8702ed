using Sluice.GrainInterfaces.Messages;

namespace Sluice.GrainInterfaces;

/// <summary>
/// What every authority can be asked. The key is the number of the scope. Calls interleave: one that waits for rights
/// on their way back must not keep out the very report that brings them.
/// </summary>
public interface IAuthorityGrain : IGrainWithIntegerKey
{
    /// <summary>An edge reports and asks. Null where this activation will not answer; the edge asks again.</summary>
    [Alias("sync"), ResponseTimeout("00:00:05")]
    Task<SyncAnswer?> SyncAsync(SyncCall call);

    /// <summary>
    /// The limits have changed in the database. True once they are in force at every edge; false where that could not
    /// be seen yet, and the caller asks again.
    /// </summary>
    [Alias("refresh"), ResponseTimeout("00:00:10")]
    Task<bool> RefreshAsync();

    /// <summary>Live numbers of all counters.</summary>
    [Alias("read"), ResponseTimeout("00:00:05")]
    Task<ReadingLine[]> ReadAsync();
}
