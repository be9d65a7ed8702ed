using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Sluice.EndToEnd.Consoles;

/// <summary>The authenticator app of a test: RFC 6238 with HMAC-SHA-1, 30 s, six digits.</summary>
internal static class Totp
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int StepSeconds = 30;

    /// <summary>Gets the code of an instant.</summary>
    /// <param name="secret">The secret, in base 32.</param>
    /// <param name="at">The instant.</param>
    public static string CodeAt(string secret, DateTimeOffset at)
    {
        Span<byte> step = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(step, at.ToUnixTimeSeconds() / StepSeconds);
        // The protocol says which hash.
#pragma warning disable CA5350
        var hash = HMACSHA1.HashData(BytesOf(secret), step);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return $"{number % 1_000_000:D6}";
    }

    private static byte[] BytesOf(string secret)
    {
        var bits = string.Concat(secret.Where(char.IsLetterOrDigit)
            .Select(static letter => Convert.ToString(Base32.IndexOf(letter, StringComparison.Ordinal), 2)
                .PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(static b => b.Length == 8).Select(static b => Convert.ToByte(new string(b), 2))];
    }
}
