using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Api.Auth;

/// <summary>Time-based one-time passwords: RFC 6238 with SHA-1, 6 digits, 30 seconds, as every app has it.</summary>
internal static class Totp
{
    /// <summary>Bytes of a secret; RFC 4226 recommends 160 bits.</summary>
    public const int SecretBytes = 20;

    private const int StepSeconds = 30;
    private const int Digits = 6;
    private const int Modulus = 1_000_000;

    /// <summary>A clock may be a step behind or ahead.</summary>
    private const int Drift = 1;

    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The step whose code this is, or null; the caller sees to it that a step is accepted once.</summary>
    public static long? StepOf(ReadOnlySpan<byte> secret, string? code, DateTimeOffset now)
    {
        if (code is not { Length: Digits } || !code.All(char.IsAsciiDigit))
            return null;
        var given = Encoding.ASCII.GetBytes(code);
        var present = now.ToUnixTimeSeconds() / StepSeconds;
        long? found = null;
        for (var step = present - Drift; step <= present + Drift; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(CodeAt(secret, step))))
                found = step;
        }

        return found;
    }

    /// <summary>The code of a step (RFC 4226, 5.3).</summary>
    public static string CodeAt(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The RFC says SHA-1 and apps know no other; an HMAC does not suffer from collisions.
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var offset = hash[^1] & 0xf;
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[offset..]) & int.MaxValue;
        return (number % Modulus).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>As people type it into an app: base 32 (RFC 4648) without padding.</summary>
    public static string TextOf(ReadOnlySpan<byte> secret)
    {
        var text = new StringBuilder();
        int buffer = 0, bits = 0;
        foreach (var b in secret)
        {
            buffer = (buffer << 8) | b;
            bits += 8;
            while (bits >= 5)
            {
                bits -= 5;
                text.Append(Base32[(buffer >> bits) & 31]);
            }
        }

        if (bits > 0)
            text.Append(Base32[(buffer << (5 - bits)) & 31]);
        return text.ToString();
    }

    /// <summary>What apps read from a QR code.</summary>
    public static string UriOf(ReadOnlySpan<byte> secret, string account) =>
        $"otpauth://totp/Sluice:{Uri.EscapeDataString(account)}?secret={TextOf(secret)}&issuer=Sluice" +
        $"&algorithm=SHA1&digits={Digits}&period={StepSeconds}";
}
