using System.Collections.Frozen;

namespace Sluice.Api.Access;

/// <summary>
/// The scopes of access tokens. <c>*</c> and <c>write</c> cover all permissions of the member; <c>read</c> all that
/// only read; <c>area:*</c> one area; <c>area:read</c> and <c>area:verb</c> one permission. A token never has a
/// permission that its member lacks.
/// </summary>
internal static class TokenScopes
{
    /// <summary>The most scopes that one token may have.</summary>
    public const int Max = 32;

    private const string Everything = "*";
    private const string Write = "write";
    private const string Read = "read";

    private static readonly FrozenSet<string> Known =
        PermissionTable.Rows.Values
            .Where(static grant => !grant.SignedInOnly)
            .SelectMany(static grant =>
                new[] { grant.Name, $"{grant.Area}:*", $"{grant.Area}:{Read}", $"{grant.Area}:{Write}" })
            .Concat([Everything, Read, Write])
            .ToFrozenSet();

    public static bool Exists(string scope) => Known.Contains(scope);

    public static bool Cover(IReadOnlyList<string> scopes, Grant grant)
    {
        foreach (var scope in scopes)
        {
            var covers = scope is Everything or Write || scope == grant.Name || scope == $"{grant.Area}:*"
                || scope == $"{grant.Area}:{Write}"
                || (grant.OnlyReads && (scope == Read || scope == $"{grant.Area}:{Read}"));
            if (covers)
                return true;
        }

        return false;
    }
}
