using System.Collections.Immutable;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Sluice.Metering.Identity;

namespace Sluice.Metering.Keys;

/// <summary>
/// The text of API keys: <c>sk_{kind}_{keyId}_{secret}_{check}</c>. Kind and key id are readable; the secret is 43 base
/// 62 digits, just over 256 bits; the check is the CRC-32 of everything before its underscore, six base 62 digits, so
/// that typos, unknown keys and other text can be told apart without a lookup.
/// </summary>
public static class ApiKeyFormat
{
    /// <summary>The length of a stored hash in bytes.</summary>
    public const int HashLength = SHA256.HashSizeInBytes;

    /// <summary>The length of the longest key, a personal one.</summary>
    public const int MaxLength = 75;

    private const int SecretLength = 43;
    private const int CheckLength = 6;
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>The length of the part after the kind: _ id _ secret _ check.</summary>
    private const int TailLength = 1 + IdText.Length + 1 + SecretLength + 1 + CheckLength;

    /// <summary>Generates a key with a secret from the system's secure random source.</summary>
    /// <param name="kind">The kind of owner.</param>
    /// <param name="keyId">The key's number; a regenerated key keeps it.</param>
    public static GeneratedApiKey Generate(KeyKind kind, long keyId)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(keyId);
        var parts = new ApiKeyParts(kind, keyId);
        var body = $"{Redacted(parts)}{RandomNumberGenerator.GetString(Digits, SecretLength)}";
        Span<byte> utf8 = stackalloc byte[MaxLength];
        var length = Encoding.ASCII.GetBytes(body, utf8);
        Span<byte> check = stackalloc byte[CheckLength];
        WriteCheck(utf8[..length], check);
        var text = $"{body}_{Encoding.ASCII.GetString(check)}";

        var hash = new byte[HashLength];
        length = Encoding.ASCII.GetBytes(text, utf8);
        SHA256.HashData(utf8[..length], hash);
        return new GeneratedApiKey(parts, text, ImmutableCollectionsMarshal.AsImmutableArray(hash));
    }

    /// <summary>
    /// Parses kind and id of a key whose check is valid. Returns false for anything else: a typo, a missing part,
    /// another alphabet, surrounding white space. Allocates nothing.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out ApiKeyParts parts)
    {
        parts = default;
        if (!TryReadKind(utf8, out var kind, out var tail) || tail.Length != TailLength)
            return false;
        var secret = tail.Slice(1 + IdText.Length + 1, SecretLength);
        if (tail[0] != '_' || tail[1 + IdText.Length] != '_' || tail[^(CheckLength + 1)] != '_')
            return false;
        if (!IdText.TryParse(IdText.Key, tail.Slice(1, IdText.Length), out var keyId) || !IsSecret(secret))
            return false;

        Span<byte> check = stackalloc byte[CheckLength];
        WriteCheck(utf8[..^(CheckLength + 1)], check);
        if (!check.SequenceEqual(utf8[^CheckLength..]))
            return false;
        parts = new ApiKeyParts(kind, keyId);
        return true;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out ApiKeyParts)"/>
    public static bool TryParse(ReadOnlySpan<char> text, out ApiKeyParts parts)
    {
        parts = default;
        Span<byte> utf8 = stackalloc byte[MaxLength];
        return text.Length <= MaxLength && Ascii.IsValid(text)
            && TryParse(utf8[..Encoding.ASCII.GetBytes(text, utf8)], out parts);
    }

    /// <summary>
    /// Checks whether a key matches a stored hash, in a time that doesn't depend on where the hashes differ. Allocates
    /// nothing.
    /// </summary>
    /// <param name="storedHash">The stored <see cref="GeneratedApiKey.Hash"/>.</param>
    /// <param name="presentedUtf8">The key as presented.</param>
    public static bool Matches(ReadOnlySpan<byte> storedHash, ReadOnlySpan<byte> presentedUtf8)
    {
        Span<byte> hash = stackalloc byte[HashLength];
        SHA256.HashData(presentedUtf8, hash);
        return CryptographicOperations.FixedTimeEquals(storedHash, hash);
    }

    /// <summary>Returns the part of a key that may be shown and logged: everything before the secret.</summary>
    public static string Redacted(ApiKeyParts parts) =>
        $"sk_{NameOf(parts.Kind)}_{IdText.Format(IdText.Key, parts.KeyId)}_";

    private static string NameOf(KeyKind kind) => kind switch
    {
        KeyKind.Personal => "personal",
        KeyKind.Project => "project",
        KeyKind.Seat => "seat",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a kind of key"),
    };

    private static bool TryReadKind(ReadOnlySpan<byte> utf8, out KeyKind kind, out ReadOnlySpan<byte> tail)
    {
        (kind, var length) = utf8 switch
        {
            _ when utf8.StartsWith("sk_personal"u8) => (KeyKind.Personal, "sk_personal".Length),
            _ when utf8.StartsWith("sk_project"u8) => (KeyKind.Project, "sk_project".Length),
            _ when utf8.StartsWith("sk_seat"u8) => (KeyKind.Seat, "sk_seat".Length),
            _ => (default, 0),
        };
        tail = utf8[length..];
        return length > 0;
    }

    private static bool IsSecret(ReadOnlySpan<byte> utf8)
    {
        foreach (var b in utf8)
        {
            if (!char.IsAsciiLetterOrDigit((char)b))
                return false;
        }

        return true;
    }

    private static void WriteCheck(ReadOnlySpan<byte> before, Span<byte> check)
    {
        var rest = Crc32.HashToUInt32(before);
        for (var i = check.Length - 1; i >= 0; i--, rest /= 62)
            check[i] = (byte)Digits[(int)(rest % 62)];
    }
}
