using Sluice.Storage.Control.Members;

namespace Sluice.Api.Management.Members;

/// <summary>A member as the API shows it.</summary>
/// <param name="Id">The member's id, such as <c>m0000000001a</c>.</param>
/// <param name="UserName">The member's user name.</param>
/// <param name="Email">The member's address; null without one.</param>
/// <param name="Role">The member's role in the tenant.</param>
/// <param name="CreatedAt">When it was created, in UTC.</param>
/// <param name="MfaEnabled">Whether a second factor is in effect.</param>
/// <param name="HasPersonalKey">Whether the member has a personal key.</param>
/// <param name="SeatId">
/// The seat's id, such as <c>s0000000001a</c>; null without a seat, or if its plan has ended.
/// </param>
internal sealed record MemberResponse(
    string Id,
    string UserName,
    string? Email,
    TenantRole Role,
    DateTimeOffset CreatedAt,
    bool MfaEnabled,
    bool HasPersonalKey,
    string? SeatId)
{
    public static MemberResponse Of(Member member) => new(
        Ids.Member(member.Id),
        member.UserName,
        member.Email,
        member.Role,
        member.CreatedAt,
        member.HasSecondFactor,
        member.HasPersonalKey,
        member.SeatId is { } seat ? Ids.Seat(seat) : null);
}
