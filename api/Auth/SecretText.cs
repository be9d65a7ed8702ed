using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Api.Auth;

/// <summary>
/// Random secrets that are shown once and kept as hashes. With 256 random bits a plain SHA-256 is enough, and the time
/// it takes to look up a hash reveals nothing about the secret.
/// </summary>
internal static class SecretText
{
    /// <summary>The prefix of a session's token.</summary>
    public const string Session = "sls_";

    /// <summary>The prefix of an access token.</summary>
    public const string AccessToken = "sla_";

    /// <summary>The prefix of an invitation's token.</summary>
    public const string Invitation = "sli_";

    /// <summary>The longest text that is hashed; longer ones can't be ours.</summary>
    public const int MaxLength = 100;

    private const int SecretBytes = 32;

    public static string Make(string start) =>
        start + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    public static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
