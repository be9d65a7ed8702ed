using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Sluice.Api.Actions;

/// <summary>
/// The condition of a change, <c>If-Match</c> (RFC 9110, 13.1.1): so that an editor does not undo what another one has
/// done in the meantime.
/// </summary>
internal static class Precondition
{
    public const string Header = "If-Match";

    private static readonly Error Unreadable = new Error.RulesBroken(
        Header, "etag-form", "Must be * or ETags as GET answers them, each in quotes.");

    private static readonly Error Changed = new Error.Changed(
        "It is not as it was when you read it: someone has changed it since. Get it again, see what is different, and "
        + "repeat your change with the new ETag.");

    /// <summary>Whether a request has a condition.</summary>
    public static bool IsIn(HttpRequest request) => request.Headers.ContainsKey(Header);

    /// <summary>Reads the tags of a request's condition; returns what is wrong with them, or null.</summary>
    public static Error? Read(HttpRequest request, out IReadOnlyList<EntityTagHeaderValue> tags)
    {
        string[] texts = [.. request.Headers[Header].Select(static text => text ?? "")];
        tags = EntityTagHeaderValue.TryParseStrictList(texts, out var read) ? [.. read] : [];
        return tags.Count == 0 ? Unreadable : null;
    }

    /// <summary>Returns why a change may not be made; null if its condition holds.</summary>
    /// <param name="http">The request.</param>
    /// <param name="tags">The tags that it names.</param>
    /// <param name="current">What GET answers, read under the lock that the change holds until it ends.</param>
    public static Error? Check(HttpContext http, IReadOnlyList<EntityTagHeaderValue> tags, ApiResult current)
    {
        if (current.Error is not null)
            return current.Error;
        var json = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        return EntityTag.Of(current.Resource, json).Matches(tags) ? null : Changed;
    }
}
