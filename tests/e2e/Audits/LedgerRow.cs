namespace Sluice.EndToEnd.Audits;

/// <summary>One row of the ledger, read with SQL past the node.</summary>
/// <param name="EventId">The id from the caller, or from the node.</param>
/// <param name="KeyId">In the text form of the API.</param>
/// <param name="Kind">0 consume, 1 record, 2 reserve, 3 commit, 4 release.</param>
/// <param name="Tokens">Its text_tokens.</param>
internal sealed record LedgerRow(string EventId, string KeyId, short Kind, long Tokens)
{
    /// <summary>Whether it is usage; a reservation only holds an estimate.</summary>
    public bool IsUsage => Kind is 0 or 1 or 3;
}
