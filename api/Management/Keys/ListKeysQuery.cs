using System.ComponentModel.DataAnnotations;
using Sluice.Storage.Control.Keys;

namespace Sluice.Api.Management.Keys;

/// <param name="Search">
/// Only keys with this in their name, ignoring case, or at the start of their id; 1 to 100 characters. All if omitted.
/// </param>
/// <param name="Sort">
/// The order, with <c>-</c> in front for the reverse one; oldest first if omitted. Keys that were never used count as
/// used before all others, those without an expiry as expiring after all others.
/// </param>
/// <param name="After">The <c>next</c> of the previous page; the first page if omitted.</param>
/// <param name="Limit">The most items of the page, 1 to 500; 50 if omitted.</param>
internal record ListKeysQuery(
    string? Search = null,
    [AllowedValues(
        "name", "-name", "createdAt", "-createdAt", "lastUsedAt", "-lastUsedAt", "expiresAt", "-expiresAt")]
    string? Sort = null,
    string? After = null,
    [Range(1, PageRequest.MaxLimit)] string? Limit = null)
    : ListQuery(Search, Sort, After, Limit)
{
    /// <param name="rules">Receives the broken rules.</param>
    public ListRequest Read(FieldErrors rules) =>
        Read(IdText.Key, rules, ByName, ByCreatedAt, ByLastUsedAt, ByExpiresAt);

    /// <summary>Returns a page as it is answered.</summary>
    public ApiResult Show(Page<StoredKey> page, ListRequest list) => ApiResult.Ok(ListResponse<KeyResponse>.Of(
        page, KeyResponse.Of, key => NextOf(Ids.Key(key.Id), ValueOf(key, list.Order))));

    private static string ValueOf(StoredKey key, ListOrder order) => order switch
    {
        ListOrder.Name => key.Name,
        ListOrder.LastUsedAt => key.LastUsedAt is { } used ? TextOf(used) : ListCursor.Never,
        ListOrder.ExpiresAt => key.ExpiresAt is { } expiry ? TextOf(expiry) : ListCursor.Forever,
        _ => TextOf(key.CreatedAt),
    };
}
