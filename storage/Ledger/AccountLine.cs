using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;

namespace Sluice.Storage.Ledger;

/// <summary>U and X of one counter, absolute, as of the batch that carries it.</summary>
public readonly record struct AccountLine(ScopeId Scope, CounterId Counter, long UsedUnits, long ExtraUnits)
    : IComparable<AccountLine>
{
    /// <summary>Orders rows as all writers touch them, so that no deadlock can arise.</summary>
    public int CompareTo(AccountLine other)
    {
        var byScope = Scope.CompareTo(other.Scope);
        if (byScope != 0)
            return byScope;
        var byMetric = Counter.Metric.Value.CompareTo(other.Counter.Metric.Value);
        return byMetric != 0 ? byMetric : Counter.Period.Value.CompareTo(other.Counter.Period.Value);
    }

    public static bool operator <(AccountLine left, AccountLine right) => left.CompareTo(right) < 0;

    public static bool operator >(AccountLine left, AccountLine right) => left.CompareTo(right) > 0;

    public static bool operator <=(AccountLine left, AccountLine right) => left.CompareTo(right) <= 0;

    public static bool operator >=(AccountLine left, AccountLine right) => left.CompareTo(right) >= 0;
}
