using System.Globalization;
using Sluice.Storage.Ledger.Entries;
using Sluice.Storage.Ledger.Ids;

namespace Sluice.Storage.Ledger.Index;

/// <summary>
/// A part of the ids, with an index of its own: a day of ids that carry their time (yyyymmdd), or a run of others,
/// which go to one run after the other (negative).
/// </summary>
/// <param name="Number">The number of the part.</param>
internal readonly record struct IdPart(int Number)
{
    /// <summary>Whether ids in it carry their time and lie in its order.</summary>
    public bool IsDay => Number > 0;

    /// <summary>Returns the run of a generation.</summary>
    public static IdPart RunOf(LedgerGeneration generation) => new(-generation.Number);

    /// <summary>Returns the day of an id's time, Unix milliseconds.</summary>
    public static IdPart DayOf(long timeMs)
    {
        var day = LedgerDay.Of(timeMs);
        return new IdPart((day.Year * 10_000) + (day.Month * 100) + day.Day);
    }

    /// <summary>
    /// The name of the table: letters and digits only, derived from a number, so it is safe inside SQL text.
    /// </summary>
    public string Table => string.Create(
        CultureInfo.InvariantCulture, $"event_id_{(IsDay ? 'd' : 'r')}{Math.Abs(Number)}");

    /// <summary>Returns what an id is in the index of this part.</summary>
    public Guid IndexOf(EventKey key) => IsDay ? IdTime.Before(key.TimeMs, key.Id) : key.Id;
}
