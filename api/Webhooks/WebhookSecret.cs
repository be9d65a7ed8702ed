using System.Security.Cryptography;

namespace Sluice.Api.Webhooks;

/// <summary>
/// The secret that signs deliveries: random bytes, shown once in the text form that the standard defines.
/// </summary>
internal static class WebhookSecret
{
    public const string Start = "whsec_";

    private const int SecretBytes = 32;

    public static byte[] Make() => RandomNumberGenerator.GetBytes(SecretBytes);

    public static string TextOf(byte[] secret) => Start + Convert.ToBase64String(secret);
}
