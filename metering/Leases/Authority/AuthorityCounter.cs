using System.Collections.Immutable;
using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;

namespace Sluice.Metering.Leases.Authority;

/// <summary>One counter at its owner: the accounts of all sessions and the totals of settled sessions.</summary>
internal sealed class AuthorityCounter(CounterId id)
{
    private readonly List<Account> _accounts = [];

    public CounterId Id { get; } = id;

    /// <summary>The accounts in the order in which sessions arrived, which is the same in every run.</summary>
    public IReadOnlyList<Account> Accounts => _accounts;

    /// <summary>The state of the counter's thresholds; default until they are first used.</summary>
    public ImmutableArray<ThresholdState> Thresholds { get; set; }

    /// <summary>Final usage of settled sessions.</summary>
    public long SettledUsed { get; set; }

    /// <summary>Rights lost with a session that answered from memory: counted as used until the period ends.</summary>
    public long Burnt { get; set; }

    /// <summary>The usage shown to users: usage that is on disk.</summary>
    public long Used => Sum(SettledUsed, 0, static a => (Int128)a.Used + a.Extra);

    public long Held => Sum(0, 0, static a => (Int128)a.Held + a.UnbackedHeld);

    /// <summary>
    /// Σ(G − R) + ΣX plus the totals of settled sessions: the amount a blocking limit must cover when a grant commits.
    /// </summary>
    public long Committed =>
        Sum(SettledUsed, Burnt, static a => (Int128)a.Occupied + a.Extra + a.UnbackedHeld);

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
    /// Adds up an amount of every account. A sum beyond the number range is full, not an error: one session with
    /// amounts that are too high must not stop the authority for all others.
    /// </summary>
    private long Sum(long settled, long burnt, Func<Account, Int128> amount)
    {
        var sum = (Int128)settled + burnt;
        foreach (var account in _accounts)
            sum += amount(account);
        return (long)Int128.Min(sum, long.MaxValue);
    }
}
