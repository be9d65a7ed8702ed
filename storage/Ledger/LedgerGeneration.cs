namespace Sluice.Storage.Ledger;

/// <summary>
/// Thirty-two days of the ledger, counted from 1970. An id is looked up in the present generation and the one before,
/// so it is remembered for 32 days at least, at the cost of two index look-ups.
/// </summary>
public readonly record struct LedgerGeneration(int Number)
{
    public const int Days = 32;

    private const long LengthMs = Days * 86_400_000L;

    public static LedgerGeneration At(long nowMs) => new((int)(nowMs / LengthMs));

    /// <summary>How long it has been going on at an instant.</summary>
    public long AgeMs(long nowMs) => nowMs - (Number * LengthMs);

    public LedgerGeneration Before => new(Number - 1);

    public LedgerGeneration After => new(Number + 1);

    /// <summary>Letters and digits only, made from a number: safe inside SQL text.</summary>
    public string Table => $"ledger_g{Number}";
}
