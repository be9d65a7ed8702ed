using Sluice.Bench.Peers;

namespace Sluice.Bench.Naive;

/// <summary>Counts the usage of a scope this month, under its limit. No lock: grains run one turn at a time.</summary>
internal sealed class MonthCounter(TimeProvider time)
{
    private (int Year, int Month) _month;
    private long _usedTokens;

    /// <summary>Counts unless that would exceed the limit.</summary>
    public bool TryTake(long tokens)
    {
        var now = time.GetUtcNow();
        if (_month != (now.Year, now.Month))
            (_month, _usedTokens) = ((now.Year, now.Month), 0);
        if (tokens > PeerScopes.LimitTokens - _usedTokens)
            return false;
        _usedTokens += tokens;
        return true;
    }

    /// <summary>Undoes a take that a scope above has refused; one of last month no longer counts.</summary>
    public void GiveBack(long tokens) => _usedTokens = Math.Max(0, _usedTokens - tokens);
}
