using System.Text;

namespace Sluice.Simulation.Runs;

/// <summary>Counts what happened over many seeds, so that a simulator that tests nothing is noticed.</summary>
internal sealed class Coverage
{
    /// <summary>Every fault and every outcome; each must happen within some hundred seeds.</summary>
    public static readonly string[] Expected =
    [
        "edge crashed", "edge paused", "fenced while alive", "silent session fenced", "edge found itself fenced",
        "batch killed by fence", "session settled", "rights burnt",
        "authority crashed", "authority paused", "authority duplicated", "authority found itself deposed", "stranger",
        "store outage", "store crash", "ledger commit unknown", "persist unknown",
        "partition", "message cut off", "message lost", "message repeated", "clock set", "nap",
        "sync forged", "forged sync refused", "forged sync answered", "sequence continued",
        "limit first set", "limit raised", "limit lowered", "limit removed", "limit boosted", "limits effective",
        "revocation asked", "revocation returned", "key revoked",
        "admitted", "refused", "stranded", "unreachable", "session lost", "repeat", "repeat refused by no limit",
        "hold committed", "hold released", "hold restored", "hold expired", "hold prolonged", "hold ended elsewhere",
        "hold prolonged elsewhere", "hold handed over", "hold moved", "handed-over hold committed",
        "handed-over hold released", "handed-over hold expired", "handed-over hold prolonged", "holds read",
        "edge stopped", "checkpoint sent",
        "recall", "said exhausted", "said stranded", "threshold fired", "period turned over", "scope forgotten",
        "probe counted", "probe refused",
    ];

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
