using System.Net;
using Sluice.Api.Validation;
using Sluice.Api.Wire;
using Sluice.Storage.Webhooks;

namespace Sluice.Api.Webhooks;

/// <summary>
/// Checks where a webhook is to lead. What a name resolves to is not looked at: that may change at any moment, and is
/// checked whenever a connection is made.
/// </summary>
internal static class WebhookUrl
{
    /// <summary>The address written out in full, as it is kept and compared; empty where it breaks a rule.</summary>
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

        // Only what may stand in an address as it is: what looks alike or is guessed at would be somewhere else.
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
