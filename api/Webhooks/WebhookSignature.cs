using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Api.Webhooks;

/// <summary>
/// Signs deliveries as <see href="https://www.standardwebhooks.com">Standard Webhooks</see> 1.0 defines, so that
/// receivers can check them with any of its libraries.
/// </summary>
internal static class WebhookSignature
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string Header = "webhook-signature";

    /// <summary>
    /// Returns the header's value: one signature per secret, separated by a space. One valid signature is enough for
    /// the receiver.
    /// </summary>
    /// <param name="secrets">The secrets' bytes, not their text.</param>
    /// <param name="messageId">The same for every attempt.</param>
    /// <param name="timestamp">The attempt's time in seconds, as in its header.</param>
    /// <param name="body">The exact bytes that are sent, as text.</param>
    public static string Of(IEnumerable<byte[]> secrets, string messageId, long timestamp, string body)
    {
        var content = Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{messageId}.{timestamp}.{body}"));
        return string.Join(
            ' ', secrets.Select(secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, content))));
    }
}
