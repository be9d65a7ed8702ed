namespace Sluice.Storage.Ledger.Blocks;

/// <summary>Forms in which a block holds the ids of an event. The numbers are stored.</summary>
internal enum EventIdForm : byte
{
    /// <summary>The caller's text, with the id for lookups and the fingerprint.</summary>
    Text = 0,

    /// <summary>A caller's UUID in its canonical lower-case form, as sixteen bytes, with the same.</summary>
    Uuid = 1,

    /// <summary>
    /// An id that was made here, see <see cref="Ids.OwnId"/>: it is the id for lookups, too. The fingerprint follows.
    /// </summary>
    Own = 2,
}
