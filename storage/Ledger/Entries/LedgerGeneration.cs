namespace Sluice.Storage.Ledger.Entries;

/// <summary>
/// A range of thirty-two days of the ledger, counted from 1970. An id is looked up in the current generation and the
/// previous one, so it is remembered for at least 32 days, at the cost of two index lookups.
/// </summary>
public readonly record struct LedgerGeneration(int Number)
{
    public const int Days = 32;

    private const long LengthMs = Days * 86_400_000L;

    public static LedgerGeneration At(long nowMs) => new((int)(nowMs / LengthMs));

    /// <summary>Gets the generation's age at an instant.</summary>
    public long AgeMs(long nowMs) => nowMs - (Number * LengthMs);

    public LedgerGeneration Before => new(Number - 1);

    public LedgerGeneration After => new(Number + 1);

    /// <summary>
    /// The name of the table: letters and digits only, derived from a number, so it is safe inside SQL text.
    /// </summary>
    public string Table => $"ledger_g{Number}";
}
