using Sluice.Api.Wire;
using Sluice.Metering.Keys;
using Sluice.Storage.Keys;

namespace Sluice.Api.Management.Keys;

/// <summary>A key as the API shows it, any time but once without its secret.</summary>
/// <param name="Id">Also readable in the key itself.</param>
/// <param name="Name">For people; of a project key unique in its project.</param>
/// <param name="ExpiresAt">When it stops working; null for never.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="LastUsedAt">Null where it was never used.</param>
/// <param name="OldSecretUntil">End of the grace time of the last regeneration, while it lasts.</param>
/// <param name="OldSecretLastUsedAt">When the old secret was last used within it: who has not moved on.</param>
/// <param name="Kind">What it belongs to, and so where its usage counts.</param>
/// <param name="ProjectId">Of a project key.</param>
/// <param name="MemberId">Of a personal key; of a seat key, who holds the seat.</param>
/// <param name="SeatId">Of a seat key.</param>
internal sealed record KeyView(
    string Id,
    string Name,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastUsedAt,
    DateTimeOffset? OldSecretUntil,
    DateTimeOffset? OldSecretLastUsedAt,
    KeyKind Kind,
    string? ProjectId,
    string? MemberId,
    string? SeatId)
{
    public static KeyView Of(StoredKey key) => new(
        Ids.Key(key.Id),
        key.Name,
        key.ExpiresAt,
        key.CreatedAt,
        key.LastUsedAt,
        key.PreviousUntil,
        key.PreviousUsedAt,
        key.Kind,
        key.ProjectId is { } project ? Ids.Project(project) : null,
        key.MemberId is { } member ? Ids.Member(member) : null,
        key.SeatId is { } seat ? Ids.Seat(seat) : null);
}
