using Sluice.Metering.Keys;
using Sluice.Storage.Control.Keys;

namespace Sluice.Api.Management.Keys;

/// <summary>A key as the API shows it; without its secret, which is shown once.</summary>
/// <param name="Id">The id, which is also readable in the key itself.</param>
/// <param name="Name">A name for people; unique among the keys of a project.</param>
/// <param name="ExpiresAt">When it expires; null for never.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="LastUsedAt">When it was last used; null if never.</param>
/// <param name="OldSecretUntil">The end of the last regeneration's grace time, while it lasts.</param>
/// <param name="OldSecretLastUsedAt">
/// When the old secret was last used within the grace time, which shows that a caller still has it.
/// </param>
/// <param name="Kind">The kind of owner, which decides where its usage counts.</param>
/// <param name="ProjectId">The project of a project key.</param>
/// <param name="MemberId">The member of a personal key; for a seat key, the member who holds the seat.</param>
/// <param name="SeatId">The seat of a seat key.</param>
internal sealed record KeyResponse(
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
    public static KeyResponse Of(StoredKey key) => new(
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
