using Sluice.Simulation.Timeline;

namespace Sluice.Simulation.Runs;

/// <summary>
/// Everything that happened, as a hash; the last lines as text; how often each thing happened. Two runs of a seed must
/// have the same hash.
/// </summary>
internal sealed class Trace(EventHeap heap)
{
    private const int LinesKept = 40;

    private readonly (long AtUs, string What, long A, long B, long C)[] _ring =
        new (long AtUs, string What, long A, long B, long C)[LinesKept];
    private readonly Dictionary<string, long> _counts = [];
    private long _lines;

    /// <summary>The hash, FNV-1a over times, words and numbers.</summary>
    public ulong Hash { get; private set; } = 14_695_981_039_346_656_037UL;

    public IReadOnlyDictionary<string, long> Counts => _counts;

    public void Add(string what, long a = 0, long b = 0, long c = 0)
    {
        _ring[_lines++ % LinesKept] = (heap.NowUs, what, a, b, c);
        _counts[what] = _counts.GetValueOrDefault(what) + 1;
        Mix((ulong)heap.NowUs);
        foreach (var letter in what)
            Mix(letter);
        Mix(unchecked((ulong)a));
        Mix(unchecked((ulong)b));
        Mix(unchecked((ulong)c));
    }

    public IEnumerable<string> LastLines()
    {
        for (var i = Math.Max(0, _lines - LinesKept); i < _lines; i++)
        {
            var (at, what, a, b, c) = _ring[i % LinesKept];
            yield return $"{at / 1_000.0,12:F3} ms  {what}  {a} {b} {c}";
        }
    }

    private void Mix(ulong value) => Hash = unchecked((Hash ^ value) * 1_099_511_628_211UL);
}
