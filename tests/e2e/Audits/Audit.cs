using Sluice.EndToEnd.Traffic;

namespace Sluice.EndToEnd.Audits;

/// <summary>
/// Compares the responses that clients got with the ledger, event by event. Knows nothing of how the node works.
/// </summary>
internal sealed class Audit
{
    private const int FindingsShown = 10;

    private readonly List<string> _findings = [];
    private readonly bool _wasKilled;

    private Audit(bool wasKilled) => _wasKilled = wasKilled;

    /// <summary>The contradictions that were found; empty if there are none.</summary>
    public IReadOnlyList<string> Findings => _findings;

    /// <param name="journal">The requests and responses of the clients.</param>
    /// <param name="ledger">The rows on disk.</param>
    /// <param name="wasKilled">
    /// Whether a node was killed: the last answers from memory may be missing, nothing else.
    /// </param>
    public static Audit Of(CallJournal journal, IReadOnlyList<LedgerRow> ledger, bool wasKilled)
    {
        var audit = new Audit(wasKilled);
        var rows = ledger.ToLookup(r => (r.EventId, r.KeyId, KindOf(r)));
        var calls = journal.Attempts.Where(a => a.Call.Id is not null)
            .ToLookup(a => (a.Call.Id!, a.Call.Key.Id, a.Call.Kind));
        foreach (var call in calls)
            audit.Examine([.. call], [.. rows[call.Key]]);
        foreach (var lost in journal.Attempts.Where(a => a.Verdict == Verdict.NoReservation))
        {
            if (calls[(lost.Call.Id!, lost.Call.Key.Id, CallKind.Reserve)].Any(
                held => held.Acknowledged && held.AnsweredAt < lost.SentAt))
                audit._findings.Add($"a reservation that was acknowledged is not known: {lost}");
        }

        // The node's own id of an event is unknown to a caller whose answer was lost on the way.
        var strangers = ledger.Where(row => !calls.Contains((row.EventId, row.KeyId, KindOf(row)))).ToArray();
        if (strangers.Length > journal.Attempts.Count(a => a.Call.Id is null && a.Verdict == Verdict.Unknown))
            audit._findings.Add($"{strangers.Length} rows that no client sent, such as {strangers[0]}");
        foreach (var attempt in journal.Attempts.Where(a => a.Verdict == Verdict.Wrong))
            audit._findings.Add($"not an answer of the contract: {attempt}");
        foreach (var attempt in journal.Attempts.Where(a => a is { Status: 503, RetryAfterSeconds: < 1 }))
            audit._findings.Add($"503 without Retry-After: {attempt}");
        return audit;
    }

    public override string ToString() =>
        $"{_findings.Count} findings\n{string.Join('\n', _findings.Take(FindingsShown))}";

    private void Examine(IReadOnlyList<Attempt> attempts, IReadOnlyList<LedgerRow> rows)
    {
        void Find(string what) =>
            _findings.Add($"{what}; {rows.Count} rows\n  {string.Join("\n  ", attempts)}");

        if (rows.Count > 1)
            Find("in the ledger twice");
        if (rows.Count == 1 && rows[0].Tokens != attempts[0].Call.Tokens)
            Find($"in the ledger with {rows[0].Tokens} tokens");
        if (rows.Count == 0 && attempts.Any(Kept))
            Find("acknowledged, not in the ledger");
        if (rows.Count > 0 && !attempts.Any(a => a.Acknowledged || a.Verdict == Verdict.Unknown))
            Find("in the ledger although every answer said that nothing was counted");
        if (attempts.Count(a => a.Verdict == Verdict.Counted && Kept(a)) > 1)
            Find("counted for the first time twice");
        if (attempts.Any(a => a.Verdict == Verdict.Duplicate)
            && !attempts.Any(a => a.Verdict is Verdict.Counted or Verdict.Unknown))
            Find("a duplicate of nothing");
        if (attempts.Any(first => Kept(first) && attempts.Any(later => Contradicts(later, first))))
            Find("acknowledged, and answered otherwise afterwards");
    }

    /// <summary>
    /// Whether an answer still holds after everything that was done to the nodes: one from memory may have been lost
    /// with its node, and then the same event is counted when it is sent again.
    /// </summary>
    private bool Kept(Attempt attempt) => attempt.Acknowledged && !(_wasKilled && attempt.Call.FromMemory);

    private static bool Contradicts(Attempt later, Attempt first) =>
        later.SentAt > first.AnsweredAt && (later.Verdict is Verdict.Counted or Verdict.Refused);

    private static CallKind KindOf(LedgerRow row) => row.Kind switch
    {
        2 => CallKind.Reserve,
        3 => CallKind.Commit,
        _ => CallKind.Consume,
    };
}
