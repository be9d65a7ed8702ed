using System.Collections.Immutable;
using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;

namespace Sluice.Metering.Leases.Authority;

/// <summary>One counter at its owner: the accounts of all sessions and the totals of settled sessions.</summary>
internal sealed class AuthorityCounter(CounterId id)
{
    private readonly List<Account> _accounts = [];
    private readonly List<HandedOverShare> _handedOver = [];

    public CounterId Id { get; } = id;

    /// <summary>The accounts in the order in which sessions arrived, which is the same in every run.</summary>
    public IReadOnlyList<Account> Accounts => _accounts;

    /// <summary>The state of the counter's thresholds; default until they are first used.</summary>
    public ImmutableArray<ThresholdState> Thresholds { get; set; }

    /// <summary>Final usage of settled sessions.</summary>
    public long SettledUsed { get; set; }

    /// <summary>Rights lost with a session that answered from memory: counted as used until the period ends.</summary>
    public long Burnt { get; set; }

    /// <summary>
    /// The settled sessions with open holds in this counter, in the order in which they were settled.
    /// </summary>
    public IReadOnlyList<HandedOverShare> HandedOver => _handedOver;

    /// <summary>Units of open holds of settled sessions.</summary>
    public long HandedOverHeld { get; private set; }

    /// <summary>The usage shown to users: usage that is on disk.</summary>
    public long Used => Sum(SettledUsed, 0, static a => (Int128)a.Used + a.Extra);

    public long Held => Sum(HandedOverHeld, 0, static a => (Int128)a.Held + a.UnbackedHeld);

    /// <summary>
    /// Σ(G − R) + ΣX plus the usage, the open holds and the burnt rights of settled sessions: the amount a blocking
    /// limit must cover when a grant commits.
    /// </summary>
    public long Committed => Sum(
        (Int128)SettledUsed + HandedOverHeld, Burnt, static a => (Int128)a.Occupied + a.Extra + a.UnbackedHeld);

    public int ActiveAccounts => _accounts.Count(a => a.Active);

    public Account Of(SessionId session)
    {
        foreach (var account in _accounts)
        {
            if (account.Session == session)
                return account;
        }

        var added = new Account(session);
        _accounts.Add(added);
        return added;
    }

    public Account? Find(SessionId session) => _accounts.Find(a => a.Session == session);

    public void Remove(SessionId session) => _accounts.RemoveAll(a => a.Session == session);

    /// <summary>
    /// Adds the holds of a session that has just been settled, or that the authority finds settled when it starts.
    /// </summary>
    public void AddHandedOver(in HandedOverSnapshot row)
    {
        var share = new HandedOverShare(row.Session);
        share.Merge(row);
        _handedOver.Add(share);
        SumHandedOver(0, share);
    }

    /// <summary>
    /// Merges a later reading of a settled session's holds. A session without open holds is complete: its row never
    /// changes again, so it is forgotten and readings of it are ignored.
    /// </summary>
    /// <returns>Whether usage has risen.</returns>
    public bool MergeHandedOver(in HandedOverSnapshot row)
    {
        var session = row.Session;
        if (_handedOver.Find(s => s.Session == session) is not { } share)
            return false;
        var used = share.Used;
        share.Merge(row);
        SumHandedOver(used, share);
        return share.Used > used;
    }

    private void SumHandedOver(long usedBefore, HandedOverShare share)
    {
        SettledUsed += share.Used - usedBefore;
        if (share.Open == 0)
            _handedOver.Remove(share);
        HandedOverHeld = 0;
        foreach (var open in _handedOver)
            HandedOverHeld += open.Held;
    }

    /// <summary>
    /// Adds up an amount of every account. A sum beyond the number range is full, not an error: one session with
    /// amounts that are too high must not stop the authority for all others.
    /// </summary>
    private long Sum(Int128 settled, long burnt, Func<Account, Int128> amount)
    {
        var sum = settled + burnt;
        foreach (var account in _accounts)
            sum += amount(account);
        return (long)Int128.Min(sum, long.MaxValue);
    }
}
