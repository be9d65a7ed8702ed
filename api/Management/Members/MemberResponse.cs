using Sluice.Storage.Control.Members;

namespace Sluice.Api.Management.Members;

/// <summary>A member as the API shows it.</summary>
/// <param name="Email">The address for mail; null for a member who was created without one.</param>
/// <param name="SeatId">The member's seat; null without one.</param>
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
