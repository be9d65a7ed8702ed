using System.Net;

namespace Sluice.Api.Tests.Management.Invitations;

/// <summary>The calls that tests of invitations make.</summary>
internal static class Invitations
{
    public static string InvitationsPath(this Person person) => $"{person.TenantPath}/invitations";

    public static Task<Answer> InviteAsync(this Person person, string email, string role = "member") =>
        person.Api.PostAsync(person.InvitationsPath(), new { email, role });

    /// <summary>Creates a link for several people that is valid for a day.</summary>
    public static async Task<Answer> ShareAsync(
        this Person person, NodeHost host, int maxUses, string role = "member") =>
        (await person.Api.PostAsync(
            $"{person.InvitationsPath()}/bulk",
            new { role, maxUses, expiresAt = host.Time.GetUtcNow().AddDays(1) }))
        .Is(HttpStatusCode.Created);

    /// <summary>Returns the token in the link of a response.</summary>
    public static string Token(this Answer invitation) => invitation.String("link").Split("?token=")[1];

    public static Task<Answer> AcceptAsync(
        this NodeHost host, string token, string userName, string? email = null) =>
        host.Anonymous().PostAsync(
            "/api/v1/invitations/accept",
            email is null
                ? new { token, userName, password = Person.Password }
                : new { token, userName, password = Person.Password, email });
}
