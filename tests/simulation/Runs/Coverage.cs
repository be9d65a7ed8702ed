using System.Text;

namespace Sluice.Simulation.Runs;

/// <summary>What did happen over many seeds, so that a simulator that tests nothing is seen to.</summary>
internal sealed class Coverage
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private long _runs;
    private long _events;

    public long Of(string what) => _counts.GetValueOrDefault(what);

    public void Add(RunResult run)
    {
        _runs++;
        _events += run.Events;
        foreach (var (what, count) in run.Counts)
            _counts[what] = _counts.GetValueOrDefault(what) + count;
    }

    public string Text()
    {
        var text = new StringBuilder();
        text.AppendLine($"{_runs} seeds, {_events} events");
        foreach (var (what, count) in _counts)
            text.AppendLine($"  {count,10}  {what}");
        return text.ToString();
    }
}
