using System.Collections.Concurrent;

namespace Sluice.Api.Jobs;

/// <summary>
/// Which jobs have been woken and have not begun since: a thousand new rows wake a job once, and a row that comes after
/// it has begun wakes it again.
/// </summary>
internal sealed class WakeSignal
{
    private readonly ConcurrentDictionary<string, byte> _rung = new(StringComparer.Ordinal);

    /// <summary>True for the first who rings since the job last began.</summary>
    public bool Ring(string name) => _rung.TryAdd(name, 0);

    /// <summary>The job begins, and sees all that was there before.</summary>
    public void Answer(string name) => _rung.TryRemove(name, out _);
}
