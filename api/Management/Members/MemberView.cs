using Sluice.Api.Wire;
using Sluice.Storage.Members;

namespace Sluice.Api.Management.Members;

/// <summary>A member as the API shows it.</summary>
/// <param name="SeatId">The seat that the member has; null without one.</param>
internal sealed record MemberView(
    string Id,
    string UserName,
    string Email,
    TenantRole Role,
    DateTimeOffset CreatedAt,
    bool MfaEnabled,
    bool HasPersonalKey,
    string? SeatId)
{
    public static MemberView Of(Member member) => new(
        Ids.Member(member.Id),
        member.UserName,
        member.Email,
        member.Role,
        member.CreatedAt,
        member.HasSecondFactor,
        member.HasPersonalKey,
        member.SeatId is { } seat ? Ids.Seat(seat) : null);
}
