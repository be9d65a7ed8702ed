namespace Sluice.EndToEnd.Traffic;

/// <summary>The kinds of requests.</summary>
internal enum CallKind
{
    /// <summary>Checked and counted in one step.</summary>
    Consume,

    /// <summary>Holds an estimate.</summary>
    Reserve,

    /// <summary>Ends a hold with the actual usage.</summary>
    Commit,
}
