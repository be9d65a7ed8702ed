using System.Text.Json.Serialization;
using Sluice.Storage.Control.Invitations;
using Sluice.Storage.Control.Members;

namespace Sluice.Api.Management.Invitations;

/// <summary>An invitation as the API shows it.</summary>
/// <param name="Email">Null for a link that several people share.</param>
/// <param name="State"><c>open</c>, or <c>expired</c>: no one can join until it is sent again.</param>
/// <param name="CreatedBy"><c>operator</c>, or the id of a member.</param>
/// <param name="Link">The link for joining; shown once.</param>
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
