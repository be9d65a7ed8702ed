using System.Security.Cryptography;

namespace Sluice.Api.Auth;

/// <summary>Codes for a member who has lost the second factor; each works once.</summary>
internal static class RecoveryCodes
{
    public const int Count = 10;

    // Without characters that people confuse; 12 of 32 are 60 bits, behind the same lockout as passwords.
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int Length = 12;

    public static IReadOnlyList<string> Make() =>
        [.. Enumerable.Range(0, Count).Select(static _ => Grouped(RandomNumberGenerator.GetString(Alphabet, Length)))];

    /// <summary>Returns the hash of a code; dashes and case do not matter.</summary>
    public static byte[] HashOf(string code) => SecretText.HashOf(
        new string([.. code.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant)]));

    private static string Grouped(string code) => $"{code[..4]}-{code[4..8]}-{code[8..]}";
}
