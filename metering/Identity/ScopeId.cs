namespace Sluice.Metering.Identity;

/// <summary>A scope: the owner of counters and limits, and the unit of authority.</summary>
/// <param name="Kind">The kind of scope.</param>
/// <param name="Value">Its number, positive, as stored in the database.</param>
public readonly record struct ScopeId(ScopeKind Kind, long Value) : IComparable<ScopeId>
{
    /// <summary>Orders by kind, then number: the order in which batches touch rows.</summary>
    public int CompareTo(ScopeId other)
    {
        var byKind = Kind.CompareTo(other.Kind);
        return byKind != 0 ? byKind : Value.CompareTo(other.Value);
    }

    /// <summary>Returns the opaque id that the API shows, such as <c>p5f2Kq…</c>.</summary>
    public override string ToString() => IdText.Format(IdText.PrefixOf(Kind), Value);

    public static bool operator <(ScopeId left, ScopeId right) => left.CompareTo(right) < 0;

    public static bool operator >(ScopeId left, ScopeId right) => left.CompareTo(right) > 0;

    public static bool operator <=(ScopeId left, ScopeId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ScopeId left, ScopeId right) => left.CompareTo(right) >= 0;
}
