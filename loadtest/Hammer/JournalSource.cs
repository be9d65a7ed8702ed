using Sluice.LoadTest.Events;
using Sluice.LoadTest.Management;

namespace Sluice.LoadTest.Hammer;

/// <summary>Sends the decided events of a journal once more, each with its id, key and body.</summary>
internal sealed class JournalSource : IEventSource
{
    private readonly LoadEvent[] _events;
    private long _taken;

    /// <exception cref="KeyNotFoundException">The journal names a key that is not among the keys.</exception>
    public JournalSource(JournalReader journal, IReadOnlyList<FleetKey> keys)
    {
        var indexes = keys.Select((key, index) => (key.Id, index)).ToDictionary(pair => pair.Id, pair => pair.index);
        _events =
        [
            .. journal.Lines
                .Where(line => line.IsAcknowledged || line.IsRefused)
                .Select(line => new LoadEvent(line.Number, indexes[line.KeyId], line.Tokens, OutputTokens: 0)),
        ];
    }

    public double FractionDone => _events.Length == 0
        ? 1
        : Math.Min(1, (double)Volatile.Read(ref _taken) / _events.Length);

    public bool TryTake(out LoadEvent item)
    {
        var taken = Interlocked.Increment(ref _taken) - 1;
        item = taken < _events.Length ? _events[taken] : default;
        return taken < _events.Length;
    }
}
