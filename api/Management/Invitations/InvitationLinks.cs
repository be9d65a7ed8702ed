using System.Text;
using Microsoft.Extensions.Options;
using Sluice.Api.Auth;
using Sluice.Api.Settings;
using Sluice.Storage.Control.Invitations;
using Sluice.Storage.Control.Tenants;
using Sluice.Storage.Outbox.Mail;

namespace Sluice.Api.Management.Invitations;

/// <summary>Creates the links of invitations and the mails that carry them.</summary>
internal sealed class InvitationLinks(SealedSecrets secrets, MailOutbox outbox, IOptions<SluiceOptions> options)
{
    /// <summary>How long an invitation by mail can be accepted.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>Where links lead: the page that accepts.</summary>
    public const string Path = "/invitations/accept";

    private const string Kind = "invitation";

    public NewLink Make()
    {
        var token = SecretText.Make(SecretText.Invitation);
        var link = $"{options.Value.LinkBase}{Path}?token={token}";
        return new(link, SecretText.HashOf(token), secrets.SealForMail(Encoding.UTF8.GetBytes(link)));
    }

    /// <summary>Queues the mail of an invitation to an address.</summary>
    public Task SendAsync(
        UnitOfWork tx,
        Tenant tenant,
        Invitation invitation,
        Caller by,
        NewLink link,
        CancellationToken ct) =>
        outbox.QueueAsync(
            tx,
            new(
                tenant.Id,
                Kind,
                [invitation.Email!],
                tenant.Language,
                new
                {
                    Tenant = tenant.Name,
                    TenantId = Ids.Tenant(tenant.Id),
                    Address = options.Value.LinkBase,
                    // No name for the operator: the mail says it in the recipient's language.
                    InvitedBy = by.IsOperator ? null : by.UserName,
                    invitation.Role,
                    invitation.ExpiresAt,
                },
                link.Sealed,
                $"{Ids.Invitation(invitation.Id)}.{invitation.Sendings}@{options.Value.MailHost}"),
            ct);
}
