namespace Sluice.EndToEnd.Audits;

/// <summary>One row of the ledger, read by SQL behind the node's back.</summary>
/// <param name="EventId">The caller's id, or the node's.</param>
/// <param name="KeyId">In the text form of the API.</param>
/// <param name="Kind">0 consume, 1 record, 2 reserve, 3 commit, 4 release.</param>
/// <param name="Tokens">Its text_tokens.</param>
internal sealed record LedgerRow(string EventId, string KeyId, short Kind, long Tokens)
{
    /// <summary>Usage; reservations only hold.</summary>
    public bool IsUsage => Kind is 0 or 1 or 3;
}
