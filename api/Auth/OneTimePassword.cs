using System.Security.Cryptography;

namespace Sluice.Api.Auth;

/// <summary>
/// A password that its member must change at the first sign-in. Shown once; only its hash is kept. Not a record,
/// because a record's <c>ToString</c> would put it into logs.
/// </summary>
internal sealed class OneTimePassword
{
    // Without letters and digits that people confuse; 20 of 55 are 115 bits.
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    private const int Length = 20;

    private OneTimePassword(string text, string hash) => (Text, Hash) = (text, hash);

    public string Text { get; }

    /// <summary>The password's hash, in the format of ASP.NET Core Identity.</summary>
    public string Hash { get; }

    /// <summary>Makes one; null if too many of the tenant's new passwords wait to be hashed.</summary>
    /// <inheritdoc cref="Passwords.HashAsync"/>
    public static async Task<OneTimePassword?> MakeAsync(Passwords passwords, long tenantId, CancellationToken ct)
    {
        var text = RandomNumberGenerator.GetString(Alphabet, Length);
        return await passwords.HashAsync(text, tenantId, ct) is { } hash ? new(text, hash) : null;
    }
}
