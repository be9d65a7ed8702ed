using System.Buffers.Text;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace Sluice.Api.Actions;

/// <summary>
/// The strong <c>ETag</c> of a resource (RFC 9110, 8.8.3): a hash of its answer, after one of the part that people
/// edit. Any difference makes it another tag; <c>If-Match</c> compares the edited part alone, because otherwise a key
/// that is in use could hardly be edited.
/// </summary>
internal readonly record struct EntityTag(string Edited, string Whole)
{
    private const char Separator = '.';
    private const int HashBytes = 16;

    /// <summary>Returns the tag of a resource as it is answered.</summary>
    public static EntityTag Of(object resource, JsonSerializerOptions json)
    {
        var answer = JsonSerializer.SerializeToNode(resource, json)!;
        var whole = HashOf(answer.ToJsonString());
        var observed = json.GetTypeInfo(resource.GetType()).Properties
            .Where(static field => field.AttributeProvider?.IsDefined(typeof(ObservedAttribute), false) == true);
        foreach (var field in observed)
            answer.AsObject().Remove(field.Name);
        return new(HashOf(answer.ToJsonString()), whole);
    }

    /// <summary>Whether an editor who names these tags has seen the edited part as it is.</summary>
    public bool Matches(IEnumerable<EntityTagHeaderValue> named)
    {
        var edited = Edited;
        return named.Any(tag => tag.Equals(EntityTagHeaderValue.Any)
            || (!tag.IsWeak && tag.Tag.AsSpan().Trim('"').ToString().Split(Separator)[0] == edited));
    }

    /// <summary>Whether a reader who names these tags has the answer as it is.</summary>
    public bool IsAmong(IEnumerable<EntityTagHeaderValue> named)
    {
        var text = ToString();
        return named.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Tag == text);
    }

    public override string ToString() => $"\"{Edited}{Separator}{Whole}\"";

    private static string HashOf(string text) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, HashBytes));
}
