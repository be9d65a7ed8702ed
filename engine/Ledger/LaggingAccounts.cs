using Sluice.Engine.Events;
using Sluice.Metering.Leases.Edge;
using Sluice.Storage.Ledger;

namespace Sluice.Engine.Ledger;

/// <summary>
/// Counters whose usage in the ledger is not yet in their accounts on disk: added with each batch, written at
/// checkpoints. Used by the ledger writer only.
/// </summary>
internal sealed class LaggingAccounts
{
    private static readonly Checkpoint Nothing = new([], Full: true);

    private readonly List<EdgeCounter> _lagging = [];
    private readonly List<EdgeCounter> _beyond = [];

    public int Count => _lagging.Count;

    public bool Empty => _lagging.Count == 0;

    /// <summary>Adds a batch, or with sign −1 subtracts one that could not be written.</summary>
    public void Add(List<UsageEvent> written, int sign)
    {
        _beyond.Clear();
        foreach (var usage in written)
        {
            if (usage.Entry.Counts)
                Add(usage, sign);
        }
    }

    /// <summary>
    /// Plans the checkpoint that the batch must carry. Usage beyond rights on a limited counter always goes with its
    /// batch, because an authority reads it from the account when it starts; the rest may lag.
    /// </summary>
    public Checkpoint? Plan(bool full)
    {
        if (Empty)
            return Nothing;
        if (!full && _beyond.Count == 0)
            return null;
        var accounts = new List<AccountLine>();
        foreach (var counter in full ? _lagging : _beyond)
        {
            accounts.Add(new AccountLine(
                counter.Scope.Id, counter.Id, counter.LedgerUsedUnits, counter.LedgerExtraUnits));
        }

        accounts.Sort();
        return new Checkpoint(Distinct(accounts), full);
    }

    /// <summary>Clears the state after a full checkpoint is on disk.</summary>
    public void Written()
    {
        foreach (var counter in _lagging)
            counter.LedgerLags = false;
        _lagging.Clear();
    }

    private void Add(UsageEvent usage, int sign)
    {
        foreach (ref readonly var take in usage.Takes.Items)
        {
            var counter = take.Counter;
            counter.LedgerUsedUnits += sign * take.RightsUnits;
            counter.LedgerExtraUnits += sign * take.ExtraUnits;
            if (!counter.LedgerLags)
            {
                counter.LedgerLags = true;
                _lagging.Add(counter);
            }

            if (take.ExtraUnits > 0 && counter.LimitUnits is not null)
                _beyond.Add(counter);
        }
    }

    private static List<AccountLine> Distinct(List<AccountLine> sorted)
    {
        var kept = 0;
        for (var i = 0; i < sorted.Count; i++)
        {
            if (i == 0 || sorted[i] != sorted[kept - 1])
                sorted[kept++] = sorted[i];
        }

        sorted.RemoveRange(kept, sorted.Count - kept);
        return sorted;
    }
}
