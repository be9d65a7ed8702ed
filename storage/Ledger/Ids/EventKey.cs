namespace Sluice.Storage.Ledger.Ids;

/// <summary>What an event is found by.</summary>
/// <param name="Id">A digest of the kind, the API key and the caller's id; of an event whose id was made here, that
/// id.</param>
/// <param name="TimeMs">The time that the caller's id carries, Unix milliseconds; 0 if it carries none.</param>
/// <param name="Before">The id by which the ledger before blocks has it.</param>
public readonly record struct EventKey(Guid Id, long TimeMs, Guid Before)
{
    /// <summary>A key of a digest, of an id without a time.</summary>
    public EventKey(Guid id)
        : this(id, 0, id)
    {
    }

    /// <summary>Whether the id was made here for this event, so that it can't be a repeat and is not indexed.</summary>
    public bool IsUnique { get; init; }

    /// <summary>
    /// The id that a caller sent, if it looks like one that was made here: then it may name an event that is in no
    /// index.
    /// </summary>
    public OwnIdOfCaller? Own { get; init; }
}
