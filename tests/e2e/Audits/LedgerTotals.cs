namespace Sluice.EndToEnd.Audits;

/// <summary>Sums over rows of the ledger.</summary>
internal static class LedgerTotals
{
    /// <summary>Returns the tokens of all usage, without what reservations only hold.</summary>
    public static long UsedTokens(this IEnumerable<LedgerRow> ledger) =>
        ledger.Where(static row => row.IsUsage).Sum(static row => row.Tokens);
}
