using System.Globalization;

namespace Sluice.Storage.Ledger.Ids;

/// <summary>
/// A part of the ids, with an index of its own: a run (negative), which ids go to one after the other.
/// </summary>
/// <param name="Number">The number of the part.</param>
internal readonly record struct IdPart(int Number)
{
    /// <summary>Returns the run of a generation.</summary>
    public static IdPart RunOf(LedgerGeneration generation) => new(-generation.Number);

    /// <summary>
    /// The name of the table: letters and digits only, derived from a number, so it is safe inside SQL text.
    /// </summary>
    public string Table => string.Create(CultureInfo.InvariantCulture, $"event_id_r{-Number}");
}
