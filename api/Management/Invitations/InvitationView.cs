using System.Text.Json.Serialization;
using Sluice.Api.Wire;
using Sluice.Storage.Invitations;
using Sluice.Storage.Members;

namespace Sluice.Api.Management.Invitations;

/// <summary>An invitation as the API shows it.</summary>
/// <param name="Email">Null for a link that several people share.</param>
/// <param name="State"><c>open</c>, or <c>expired</c>: nobody comes in any more until it is sent again.</param>
/// <param name="CreatedBy"><c>operator</c>, or the id of a member.</param>
/// <param name="Link">What lets people in; shown this once.</param>
internal sealed record InvitationView(
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
    public static InvitationView Of(Invitation invitation, DateTimeOffset now) => new(
        Ids.Invitation(invitation.Id),
        invitation.Email,
        invitation.Role,
        invitation.ExpiresAt > now ? "open" : "expired",
        invitation.MaxUses,
        invitation.Uses,
        invitation.CreatedBy,
        invitation.CreatedAt,
        invitation.ExpiresAt);

    /// <summary>Links are not printed.</summary>
    public override string ToString() => Id;
}
