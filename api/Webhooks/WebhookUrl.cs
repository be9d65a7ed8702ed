using System.Net;
using Sluice.Storage.Outbox.Webhooks;

namespace Sluice.Api.Webhooks;

/// <summary>
/// Checks the URL of a webhook. The addresses that its name resolves to are not checked here: they may change at any
/// moment, so they are checked whenever a connection is opened.
/// </summary>
internal static class WebhookUrl
{
    /// <summary>Returns the normalized URL, as it is stored and compared; empty if it breaks a rule.</summary>
    public static string Check(FieldErrors rules, string field, string? text, bool privateAllowed)
    {
        if (string.IsNullOrEmpty(text))
        {
            rules.Add(field, "required", "Must be given.");
            return "";
        }

        if (text.Length > WebhookBounds.UrlLengthMax)
        {
            rules.Add(field, "too-long", $"Has at most {WebhookBounds.UrlLengthMax} characters.");
            return "";
        }

        // Only printable ASCII: look-alike characters, or characters that a parser guesses at, would lead elsewhere.
        if (text.AsSpan().ContainsAnyExceptInRange('!', '~') || !Uri.TryCreate(text, UriKind.Absolute, out var url)
            || url.Host.Length == 0)
        {
            rules.Add(field, "url-form", "Must be an address such as https://example.com/hooks.");
            return "";
        }

        if (url.Scheme != Uri.UriSchemeHttps && !(privateAllowed && url.Scheme == Uri.UriSchemeHttp))
            rules.Add(field, "url-scheme", $"Must begin with https://{(privateAllowed ? " or http://" : "")}.");
        if (url.UserInfo.Length > 0)
            rules.Add(field, "url-user", "Must have no user name and no password.");
        if (url.Fragment.Length > 0)
            rules.Add(field, "url-fragment", "Must have no fragment (#…): it would not be sent.");
        if (!privateAllowed && IPAddress.TryParse(url.DnsSafeHost, out var address)
            && !PublicAddresses.IsPublic(address))
        {
            rules.Add(field, "url-private", "Must lead to the public internet; this address does not.");
        }

        if (url.AbsoluteUri.Length > WebhookBounds.UrlLengthMax)
        {
            rules.Add(
                field, "too-long", $"Has at most {WebhookBounds.UrlLengthMax} characters, written out in full.");
        }

        return url.AbsoluteUri;
    }
}
