using System.Security.Cryptography;

namespace Sluice.Api.Auth;

/// <summary>Codes for someone who has lost the second factor; each works once.</summary>
internal static class RecoveryCodes
{
    public const int Count = 10;

    // Without what people mistake for each other; 12 of 32 are 60 bits, behind the same lock as passwords.
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int Length = 12;

    public static IReadOnlyList<string> Make() =>
        [.. Enumerable.Range(0, Count).Select(static _ => Grouped(RandomNumberGenerator.GetString(Alphabet, Length)))];

    /// <summary>The same for a code with or without its dashes, in any case.</summary>
    public static byte[] HashOf(string code) => SecretText.HashOf(
        new string([.. code.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant)]));

    private static string Grouped(string code) => $"{code[..4]}-{code[4..8]}-{code[8..]}";
}
