using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;

namespace Sluice.Api.Management.Tenants;

/// <summary>
/// A password that its member has to change at the first sign-in. Shown once; only its hash is kept.
/// </summary>
internal sealed record OneTimePassword(string Text, string Hash)
{
    // Without the letters and digits that people mistake for each other; 20 of 55 are 115 bits.
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    private const int Length = 20;

    private static readonly PasswordHasher<OneTimePassword> s_hasher = new();

    public static OneTimePassword Make()
    {
        var text = RandomNumberGenerator.GetString(Alphabet, Length);
        // The hasher has no use for the user it is given.
        return new(text, s_hasher.HashPassword(null!, text));
    }
}
