namespace Sluice.EndToEnd.Traffic;

/// <summary>Which request carries a call.</summary>
internal enum CallKind
{
    /// <summary>Checked and counted in one step.</summary>
    Consume,

    /// <summary>Holds an estimate.</summary>
    Reserve,

    /// <summary>Ends a hold with what was really used.</summary>
    Commit,
}
