using OtpNet;

namespace Sluice.Api.Auth;

/// <summary>Time-based one-time passwords: RFC 6238 with SHA-1, 6 digits, 30 seconds, as every app has it.</summary>
internal static class Totp
{
    /// <summary>Bytes of a secret; RFC 4226 recommends 160 bits.</summary>
    public const int SecretBytes = 20;

    private const int Digits = 6;

    /// <summary>A clock may be a step behind or ahead.</summary>
    private static readonly VerificationWindow Drift = new(previous: 1, future: 1);

    /// <summary>
    /// Returns the step that a code belongs to, or null if it is not valid now. The caller accepts each step once.
    /// </summary>
    public static long? StepOf(byte[] secret, string? code, DateTimeOffset now) =>
        code is { Length: Digits } && code.All(char.IsAsciiDigit)
        && new OtpNet.Totp(secret).VerifyTotp(now.UtcDateTime, code, out var step, Drift)
            ? step
            : null;

    /// <summary>Returns the secret as people type it into an app: base 32 (RFC 4648) without padding.</summary>
    public static string TextOf(byte[] secret) => Base32Encoding.ToString(secret).TrimEnd('=');

    /// <summary>Returns the URI that apps read from a QR code.</summary>
    public static string UriOf(byte[] secret, string account) =>
        new OtpUri(OtpType.Totp, TextOf(secret), account, "Sluice").ToString();
}
