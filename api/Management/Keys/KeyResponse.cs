using Sluice.Metering.Keys;
using Sluice.Storage.Control.Keys;

namespace Sluice.Api.Management.Keys;

/// <summary>A key as the API shows it; without its secret, which is shown once.</summary>
/// <param name="Id">The key's id, such as <c>k0000000001a</c>; it is also readable in the key itself.</param>
/// <param name="Name">The key's name.</param>
/// <param name="ExpiresAt">When it expires, in UTC; null if it has no expiry of its own.</param>
/// <param name="CreatedAt">When it was created, in UTC.</param>
/// <param name="LastUsedAt">When it was last used, in UTC; null if never.</param>
/// <param name="OldSecretUntil">When the old secret stops working, in UTC; null if it no longer works.</param>
/// <param name="OldSecretLastUsedAt">
/// When the old secret was last used since it was replaced, in UTC; null if it was not, or no longer works.
/// </param>
/// <param name="Kind">The kind of owner, which decides where its usage counts.</param>
/// <param name="ProjectId">
/// The id of the project of a project key, such as <c>p0000000001a</c>; null for other keys.
/// </param>
/// <param name="MemberId">
/// The id of the member of a personal key, or of the member who holds the seat of a seat key, such as
/// <c>m0000000001a</c>; null for project keys.
/// </param>
/// <param name="SeatId">The id of the seat of a seat key, such as <c>s0000000001a</c>; null for other keys.</param>
/// <param name="OwnerName">The name of the project of a project key, else the user name of the member.</param>
internal sealed record KeyResponse(
    string Id,
    string Name,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset CreatedAt,
    [property: Observed] DateTimeOffset? LastUsedAt,
    DateTimeOffset? OldSecretUntil,
    [property: Observed] DateTimeOffset? OldSecretLastUsedAt,
    KeyKind Kind,
    string? ProjectId,
    string? MemberId,
    string? SeatId,
    string? OwnerName)
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
        key.SeatId is { } seat ? Ids.Seat(seat) : null,
        key.OwnerName);
}
