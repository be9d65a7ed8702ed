using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Api.Webhooks;

/// <summary>
/// Signs as <see href="https://www.standardwebhooks.com">Standard Webhooks</see> 1.0 has it, so that receivers can
/// check with any of its libraries.
/// </summary>
internal static class WebhookSignature
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string Header = "webhook-signature";

    /// <summary>
    /// The header's value: a signature by each secret, with a blank between. One that fits is enough for the receiver.
    /// </summary>
    /// <param name="secrets">The bytes, not their text.</param>
    /// <param name="messageId">The same for every attempt.</param>
    /// <param name="timestamp">Of the attempt, in seconds, as it stands in its header.</param>
    /// <param name="body">Exactly what is sent.</param>
    public static string Of(IEnumerable<byte[]> secrets, string messageId, long timestamp, string body)
    {
        var content = Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{messageId}.{timestamp}.{body}"));
        return string.Join(
            ' ', secrets.Select(secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, content))));
    }
}
