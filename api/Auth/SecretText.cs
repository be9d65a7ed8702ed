using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Api.Auth;

/// <summary>
/// Random secrets that are shown once and kept as hashes. With 256 random bits a plain SHA-256 is enough, and finding
/// the row by its hash tells nothing about the secret by the time it takes.
/// </summary>
internal static class SecretText
{
    /// <summary>The start of a session's token.</summary>
    public const string Session = "sls_";

    /// <summary>The start of an access token.</summary>
    public const string AccessToken = "sla_";

    /// <summary>The start of an invitation's token.</summary>
    public const string Invitation = "sli_";

    /// <summary>Longer texts are none of ours and are not hashed.</summary>
    public const int MaxLength = 100;

    private const int SecretBytes = 32;

    public static string Make(string start) =>
        start + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    public static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
