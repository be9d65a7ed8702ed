using System.Security.Cryptography;

namespace Sluice.Metering.Identity;

/// <summary>
/// The text form of ids: one letter for the kind, then the number in base 62 (11 digits). Letters and digits only, so
/// that an id survives URLs, file names and the underscores of an API key.
/// </summary>
public static class IdText
{
    public const char Tenant = 't';
    public const char Project = 'p';
    public const char Seat = 's';
    public const char Key = 'k';
    public const char Member = 'm';
    public const char AccessToken = 'a';
    public const char Invitation = 'i';
    public const char Subscription = 'u';
    public const char QuotaRequest = 'q';
    public const char Boost = 'b';
    public const char Mail = 'n';
    public const char AuditEntry = 'e';
    public const char Webhook = 'w';
    public const char WebhookDelivery = 'd';
    public const char PriceBook = 'r';

    /// <summary>The length of every id: the letter and 11 digits, which hold 63 bits.</summary>
    public const int Length = 12;

    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>Gets the letter that the ids of a scope kind start with.</summary>
    public static char PrefixOf(ScopeKind kind) => kind switch
    {
        ScopeKind.Tenant => Tenant,
        ScopeKind.Project => Project,
        ScopeKind.Seat => Seat,
        ScopeKind.Key => Key,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a scope kind"),
    };

    /// <summary>Generates a random id: 63 bits from the system's secure source, never zero.</summary>
    public static long NewValue()
    {
        Span<byte> bytes = stackalloc byte[8];
        RandomNumberGenerator.Fill(bytes);
        var value = BitConverter.ToInt64(bytes) & long.MaxValue;
        return value == 0 ? 1 : value;
    }

    public static string Format(char prefix, long value) => string.Create(Length, (prefix, value), static (text, id) =>
    {
        text[0] = id.prefix;
        var rest = id.value;
        for (var i = Length - 1; i > 0; i--)
        {
            text[i] = Digits[(int)(rest % 62)];
            rest /= 62;
        }
    });

    /// <summary>Parses an id; returns false for any text that <see cref="Format"/> would not have written.</summary>
    public static bool TryParse(char prefix, ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        if (text.Length != Length || text[0] != prefix)
            return false;
        UInt128 sum = 0;
        foreach (var c in text[1..])
        {
            var digit = DigitOf(c);
            if (digit < 0)
                return false;
            sum = (sum * 62) + (uint)digit;
        }

        if (sum == 0 || sum > long.MaxValue)
            return false;
        value = (long)sum;
        return true;
    }

    /// <summary>Parses an id from the bytes of a request. Allocates nothing.</summary>
    public static bool TryParse(char prefix, ReadOnlySpan<byte> utf8, out long value)
    {
        value = 0;
        Span<char> text = stackalloc char[Length];
        if (utf8.Length != Length)
            return false;
        // A byte beyond ASCII becomes a character that is not a digit either.
        for (var i = 0; i < Length; i++)
            text[i] = (char)utf8[i];
        return TryParse(prefix, text, out value);
    }

    /// <summary>
    /// Parses the start of an id, or a whole one: the ids that begin with it are those between two numbers, because all
    /// ids are equally long. Returns false if none does.
    /// </summary>
    /// <param name="prefix">The letter of the kind.</param>
    /// <param name="text">The start of an id, with at least one digit.</param>
    /// <param name="first">The smallest number.</param>
    /// <param name="last">The largest number.</param>
    public static bool TryParseStart(char prefix, ReadOnlySpan<char> text, out long first, out long last)
    {
        (first, last) = (0, 0);
        if (text.Length is < 2 or > Length || text[0] != prefix)
            return false;
        UInt128 sum = 0;
        foreach (var c in text[1..])
        {
            var digit = DigitOf(c);
            if (digit < 0)
                return false;
            sum = (sum * 62) + (uint)digit;
        }

        UInt128 count = 1;
        for (var i = text.Length; i < Length; i++)
            (sum, count) = (sum * 62, count * 62);
        if (sum > long.MaxValue)
            return false;
        first = (long)sum;
        last = (long)UInt128.Min(sum + count - 1, long.MaxValue);
        return true;
    }

    private static int DigitOf(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'A' and <= 'Z' => c - 'A' + 10,
        >= 'a' and <= 'z' => c - 'a' + 36,
        _ => -1,
    };
}
