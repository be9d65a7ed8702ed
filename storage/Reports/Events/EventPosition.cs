using System.Globalization;

namespace Sluice.Storage.Reports.Events;

/// <summary>
/// The place of an event among all, by the time of its admission: a page continues behind it. Its text is the event's
/// id in reports.
/// </summary>
/// <param name="AtMs">When it was admitted, Unix milliseconds.</param>
/// <param name="Session">The session that wrote it.</param>
/// <param name="Batch">The number of its batch.</param>
/// <param name="Index">Its number in the batch, from 0.</param>
public readonly record struct EventPosition(long AtMs, long Session, long Batch, int Index) : IComparable<EventPosition>
{
    private const int Parts = 4;

    /// <summary>Reads the text of a place.</summary>
    public static bool TryParse(string? text, out EventPosition position)
    {
        position = default;
        var parts = (text ?? "").Split('-');
        if (parts.Length != Parts || !TryRead(parts[0], out var at) || !TryRead(parts[1], out var session)
            || !TryRead(parts[2], out var batch) || !TryRead(parts[3], out var index) || index > int.MaxValue)
        {
            return false;
        }

        position = new EventPosition(at, session, batch, (int)index);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(EventPosition other)
    {
        var order = AtMs.CompareTo(other.AtMs);
        if (order == 0)
            order = Session.CompareTo(other.Session);
        if (order == 0)
            order = Batch.CompareTo(other.Batch);
        return order != 0 ? order : Index.CompareTo(other.Index);
    }

    public static bool operator <(EventPosition left, EventPosition right) => left.CompareTo(right) < 0;

    public static bool operator >(EventPosition left, EventPosition right) => left.CompareTo(right) > 0;

    public static bool operator <=(EventPosition left, EventPosition right) => left.CompareTo(right) <= 0;

    public static bool operator >=(EventPosition left, EventPosition right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{AtMs}-{Session}-{Batch}-{Index}");

    private static bool TryRead(string text, out long value) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
