using System.Security.Cryptography;

namespace Sluice.Api.Webhooks;

/// <summary>What signs deliveries: random bytes, shown once as text in the form that the standard gives them.</summary>
internal static class WebhookSecret
{
    public const string Start = "whsec_";

    private const int SecretBytes = 32;

    public static byte[] Make() => RandomNumberGenerator.GetBytes(SecretBytes);

    public static string TextOf(byte[] secret) => Start + Convert.ToBase64String(secret);
}
