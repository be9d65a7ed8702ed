using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Sluice.Api.Actions;

/// <summary>
/// The <c>next</c> of a sorted list, opaque to callers: the order, and the last item's id and value in it. It has the
/// value because that may change between two pages; the next one begins where this one ended all the same.
/// </summary>
internal static class ListCursor
{
    /// <summary>The last use of what was never used, and the expiry of what never expires, in PostgreSQL.</summary>
    public const string Never = "-infinity", Forever = "infinity";

    private const char Separator = '\n';

    /// <summary>The longest cursor; a name of 100 characters of 4 bytes fits.</summary>
    private const int MaxLength = 1_000;

    public static string Write(string sort, string id, string value) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Join(Separator, sort, id, value)));

    /// <summary>Reads a cursor; null if it is none of a list in this order.</summary>
    /// <param name="text">The cursor.</param>
    /// <param name="sort">The order that the caller asks for.</param>
    /// <param name="prefix">The first letter of the ids in this list.</param>
    /// <param name="isTime">Whether the list is sorted by a time.</param>
    public static ListPosition? Read(string text, string sort, char prefix, bool isTime)
    {
        if (text.Length > MaxLength || !Base64Url.IsValid(text))
            return null;
        // A value that is no UTF-8 becomes another one, which is no worse than any other value.
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(Separator);
        return parts.Length == 3 && parts[0] == sort && IdText.TryParse(prefix, parts[1], out var id)
            && (isTime ? IsInstant(parts[2]) : !parts[2].Contains('\0'))
                ? new ListPosition(id, parts[2])
                : null;
    }

    private static bool IsInstant(string text) => text is Never or Forever
        || DateTime.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _);
}
