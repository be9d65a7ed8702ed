using System.Text.Json.Serialization;
using Sluice.Storage.Control.Invitations;
using Sluice.Storage.Control.Members;

namespace Sluice.Api.Management.Invitations;

/// <summary>An invitation as the API shows it.</summary>
/// <param name="Id">The invitation's id, such as <c>i0000000001a</c>.</param>
/// <param name="Email">The invited address; null for a shared link.</param>
/// <param name="Role">The role in the tenant of members who accept it.</param>
/// <param name="State"><c>open</c>, or <c>expired</c>: no one can join until it is sent again.</param>
/// <param name="MaxUses">How many people can join with it.</param>
/// <param name="Uses">How many people have joined with it.</param>
/// <param name="CreatedBy">Who created it: <c>operator</c> or a member's id.</param>
/// <param name="CreatedAt">When it was created, in UTC.</param>
/// <param name="ExpiresAt">The first instant at which it can no longer be accepted, in UTC.</param>
/// <param name="Link">The link for joining; only in the response that creates or resends the invitation.</param>
internal sealed record InvitationResponse(
    string Id,
    string? Email,
    TenantRole Role,
    string State,
    int MaxUses,
    int Uses,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Link = null)
{
    public static InvitationResponse Of(Invitation invitation, DateTimeOffset now) => new(
        Ids.Invitation(invitation.Id),
        invitation.Email,
        invitation.Role,
        invitation.ExpiresAt > now ? "open" : "expired",
        invitation.MaxUses,
        invitation.Uses,
        invitation.CreatedBy,
        invitation.CreatedAt,
        invitation.ExpiresAt);

    /// <summary>Returns the id only, because links must not be printed.</summary>
    public override string ToString() => Id;
}
