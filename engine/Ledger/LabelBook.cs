using Sluice.Engine.Time;
using Sluice.Storage.Ledger;

namespace Sluice.Engine.Ledger;

/// <summary>
/// The labels that tenants have used today, so that their sums stay bounded: what is beyond the maximum is summed under
/// <see cref="LabelStore.Other"/>. Used by the sum writer only.
/// </summary>
/// <remarks>
/// Nodes read each other's labels from the store, so in the minute in which a tenant reaches the maximum it may have as
/// many more as there are nodes.
/// </remarks>
internal sealed class LabelBook(LabelStore store, ProcessClock clock)
{
    /// <summary>How long the labels of other nodes may be unknown, in milliseconds.</summary>
    private const long ReadAgainMs = 60_000;

    private readonly Dictionary<long, (HashSet<string> Labels, long ReadMs)> _known = [];
    private readonly List<(long TenantId, string Label)> _new = [];
    private DateOnly _day;

    /// <summary>The number of sums that were folded into <see cref="LabelStore.Other"/> so far.</summary>
    public long Folded { get; private set; }

    /// <summary>Returns the sums of a segment with bounded labels, sorted, and the labels that are new today.</summary>
    public async Task<(List<RollupLine> Lines, LabelsOfDay Labels)> FoldAsync(SumSegment segment, CancellationToken ct)
    {
        StartDay();
        _new.Clear();
        var lines = new List<RollupLine>(segment.Sums.Count);
        var folded = new Dictionary<RollupKey, (long Units, long Unpriced)>();
        foreach (var (key, sum) in segment.Sums)
        {
            var member = await FoldAsync(key.TenantId, key.Member, ct);
            var model = await FoldAsync(key.TenantId, key.Model, ct);
            if (ReferenceEquals(member, key.Member) && ReferenceEquals(model, key.Model))
            {
                lines.Add(new RollupLine(key, sum.Units, sum.Unpriced));
                continue;
            }

            var other = key with { Member = member, Model = model };
            var before = folded.GetValueOrDefault(other);
            folded[other] = (before.Units + sum.Units, before.Unpriced + sum.Unpriced);
            Folded++;
        }

        Merge(folded, lines);
        lines.Sort(static (a, b) => a.Key.CompareTo(b.Key));
        return (lines, new LabelsOfDay(_day, [.. _new]));
    }

    private void StartDay()
    {
        var today = DateOnly.FromDateTime(clock.Time.GetUtcNow().UtcDateTime);
        if (today == _day)
            return;
        _known.Clear();
        _day = today;
    }

    private async ValueTask<string> FoldAsync(long tenantId, string label, CancellationToken ct)
    {
        if (label.Length == 0 || label == LabelStore.Other)
            return label;
        var nowMs = clock.MonotonicMs;
        if (_known.TryGetValue(tenantId, out var known) && known.Labels.Contains(label))
            return label;
        if (known.Labels is null || nowMs - known.ReadMs > ReadAgainMs)
        {
            var read = await store.ReadAsync(tenantId, _day, ct);
            // What this segment has brought so far is not in the store yet.
            foreach (var (owner, added) in _new)
            {
                if (owner == tenantId)
                    read.Add(added);
            }

            _known[tenantId] = known = (read, nowMs);
            if (read.Contains(label))
                return label;
        }

        if (known.Labels.Count >= LabelStore.Max)
            return LabelStore.Other;
        known.Labels.Add(label);
        _new.Add((tenantId, label));
        return label;
    }

    /// <summary>Adds folded sums to the lines; a caller may also use the word itself as a label.</summary>
    private static void Merge(Dictionary<RollupKey, (long Units, long Unpriced)> folded, List<RollupLine> lines)
    {
        if (folded.Count == 0)
            return;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (folded.Remove(line.Key, out var sum))
                lines[i] = new RollupLine(line.Key, line.Units + sum.Units, line.UnpricedUnits + sum.Unpriced);
        }

        foreach (var (key, sum) in folded)
            lines.Add(new RollupLine(key, sum.Units, sum.Unpriced));
    }
}
