using System.Text.Json;
using Sluice.EndToEnd.Traffic;

namespace Sluice.EndToEnd.Audits;

/// <summary>
/// Compares the responses that clients got with the limit that was in force and with revocations. Knows nothing of how
/// the cluster works.
/// </summary>
internal sealed class LimitAudit
{
    private const int FindingsShown = 10;

    /// <summary>How old the information may be by which a node refuses.</summary>
    private static readonly TimeSpan RefusalMemory = TimeSpan.FromSeconds(1);

    /// <summary>All reasons with which a node may answer that it can't decide now.</summary>
    private static readonly string[] Reasons =
        ["/problems/stranded", "/problems/unavailable", "/problems/overloaded", "/problems/outcome-unknown"];

    private readonly List<string> _findings = [];

    /// <summary>The contradictions that were found; empty if there are none.</summary>
    public IReadOnlyList<string> Findings => _findings;

    /// <param name="history">The requests and responses of the clients, at all nodes.</param>
    /// <param name="ledger">The rows on disk.</param>
    /// <param name="tenantId">The tenant that has the limit.</param>
    /// <param name="limit">The limit in tokens, in force before the first request and unchanged since.</param>
    /// <param name="dead">The secrets that were revoked.</param>
    public static LimitAudit Of(
        CallJournal history,
        IReadOnlyList<LedgerRow> ledger,
        string tenantId,
        long limit,
        IReadOnlyCollection<DeadSecret> dead)
    {
        var audit = new LimitAudit();
        var used = ledger.Where(static r => r.IsUsage).Sum(static r => r.Tokens);
        if (used > limit)
            audit._findings.Add($"{used} tokens in the ledger, {limit} allowed");
        // Answers from memory too: usage that a node forgot afterwards was allowed all the same.
        var told = history.Attempts.Where(static a => a.Acknowledged)
            .Select(static a => (a.Call.Id, a.Call.Key.Id, a.Call.Tokens)).Distinct().Sum(static c => c.Tokens);
        if (told > limit)
            audit._findings.Add($"{told} tokens were acknowledged, {limit} allowed");
        foreach (var attempt in history.Attempts.Where(static a => a.Verdict == Verdict.Refused))
            audit.ExamineNames(attempt, tenantId, limit);
        // Rights of a lost node count as used, to be safe: it may have answered from memory with them.
        if (!history.Attempts.Any(static a => a.Call.FromMemory))
            audit.ExamineTimes(history, limit);
        foreach (var attempt in history.Attempts.Where(static a => a.Status == 503))
        {
            if (!Reasons.Any(attempt.Text.Contains))
                audit._findings.Add($"a 503 that gives no reason: {attempt}");
        }

        foreach (var (secret, since) in dead)
        {
            foreach (var passed in history.Attempts.Where(
                         a => a.Acknowledged && a.SentAt > since && a.Call.Key.Secret == secret))
                audit._findings.Add($"passed with a dead secret: {passed}");
        }

        return audit;
    }

    public override string ToString() =>
        $"{_findings.Count} findings\n{string.Join('\n', _findings.Take(FindingsShown))}";

    /// <summary>Checks that a refusal names the limit, its owner and its value.</summary>
    private void ExamineNames(Attempt refusal, string tenantId, long limit)
    {
        using var problem = JsonDocument.Parse(refusal.Text);
        var root = problem.RootElement;
        if (!root.TryGetProperty("limit", out var named)
            || named.GetProperty("scope").GetString() != "tenant"
            || named.GetProperty("scopeId").GetString() != tenantId
            || named.GetProperty("metric").GetString() != "text_tokens"
            || named.GetProperty("limit").GetDecimal() != limit
            || root.GetProperty("allowed").GetBoolean()
            || root.GetProperty("type").GetString() != "/problems/limit-reached")
            _findings.Add($"a refusal that does not name the limit: {refusal}");
    }

    /// <summary>
    /// Checks that no request was refused while there was room. A refused event may have been blocked by everything
    /// that was sent before its answer came and counted, or may have; and by what was under way at the time and was not
    /// counted in the end.
    /// </summary>
    private void ExamineTimes(CallJournal history, long limit)
    {
        var memory = (long)(RefusalMemory.TotalSeconds * TimeProvider.System.TimestampFrequency);
        var counted = history.Attempts
            .Where(static a => a.Acknowledged || a.Verdict == Verdict.Unknown)
            .GroupBy(static a => (a.Call.Id, a.Call.Key.Id))
            .Select(static g => (Since: g.Min(static a => a.SentAt), g.First().Call.Tokens))
            .OrderBy(static c => c.Since).ToArray();
        var sums = new long[counted.Length + 1];
        for (var i = 0; i < counted.Length; i++)
            sums[i + 1] = sums[i] + counted[i].Tokens;
        var since = Array.ConvertAll(counted, static c => c.Since);
        var passing = history.Attempts.Where(static a => a.Verdict == Verdict.NotCounted).ToArray();
        foreach (var refusal in history.Attempts.Where(static a => a.Verdict == Verdict.Refused))
        {
            var place = Array.BinarySearch(since, refusal.AnsweredAt);
            var inTheWay = sums[place < 0 ? ~place : place] + passing
                .Where(p => p.SentAt < refusal.AnsweredAt && p.AnsweredAt > refusal.SentAt - memory)
                .Sum(static p => p.Call.Tokens);
            if (inTheWay + refusal.Call.Tokens <= limit)
                _findings.Add($"refused with {limit - inTheWay} tokens left: {refusal}");
        }
    }
}
