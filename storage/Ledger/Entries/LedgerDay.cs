namespace Sluice.Storage.Ledger.Entries;

/// <summary>Days of the ledger: those of UTC.</summary>
public static class LedgerDay
{
    /// <summary>Length in milliseconds.</summary>
    public const long LengthMs = 86_400_000;

    /// <summary>Returns the day of an instant, Unix milliseconds.</summary>
    public static DateOnly Of(long ms) => DateOnly.FromDateTime(DateTime.UnixEpoch.AddMilliseconds(ms));
}
