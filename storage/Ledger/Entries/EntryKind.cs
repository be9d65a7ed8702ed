namespace Sluice.Storage.Ledger.Entries;

/// <summary>The kind of a ledger entry. The numbers are stored.</summary>
public enum EntryKind : byte
{
    /// <summary>Checked and counted in one step.</summary>
    Consume = 0,

    /// <summary>Counted because it had already happened.</summary>
    Record = 1,

    /// <summary>A reservation; its units are held, not used.</summary>
    Reserve = 2,

    /// <summary>The usage that ended a reservation.</summary>
    Commit = 3,

    /// <summary>The end of a reservation without usage.</summary>
    Release = 4,

    /// <summary>A later expiry of a reservation; counts nothing.</summary>
    Prolong = 5,

    /// <summary>The end of a reservation that nothing else has ended in time.</summary>
    Expire = 6,
}
