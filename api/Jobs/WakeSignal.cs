using System.Collections.Concurrent;

namespace Sluice.Api.Jobs;

/// <summary>
/// The jobs that have been woken and have not started since: a thousand new rows wake a job once, and a row that is
/// added after it has started wakes it again.
/// </summary>
internal sealed class WakeSignal
{
    private readonly ConcurrentDictionary<string, byte> _rung = new(StringComparer.Ordinal);

    /// <summary>Signals a job; returns true for the first signal since the job last started.</summary>
    public bool Ring(string name) => _rung.TryAdd(name, 0);

    /// <summary>Resets the signal when the job starts; the job sees all rows that were there before.</summary>
    public void Answer(string name) => _rung.TryRemove(name, out _);
}
