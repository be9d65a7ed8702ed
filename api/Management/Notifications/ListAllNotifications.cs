using Microsoft.AspNetCore.Mvc;
using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Mail;

namespace Sluice.Api.Management.Notifications;

/// <summary><c>GET /api/v1/notifications</c></summary>
internal static class ListAllNotifications
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/notifications", HandleAsync)
        .Needs(Permission.ReadPlatform)
        .Describe("ListAllNotifications", "Lists mails of all tenants, oldest first; ?state= and ?tenant= narrow it")
        .Lists<NotificationView>();

    private static async Task<Reply> HandleAsync(
        [FromQuery] string? state,
        [FromQuery] string? tenant,
        [AsParameters] PageQuery query,
        INotificationStore notifications,
        CancellationToken ct)
    {
        if (query.Read(IdText.Mail).IsRefused(out var refusal, out var page))
            return Reply.Refused(refusal);
        MailState? wanted = null;
        foreach (var value in Enum.GetValues<MailState>())
        {
            if (Words.Of(value) == state)
                wanted = value;
        }

        if (!string.IsNullOrEmpty(state) && wanted is null)
        {
            var rules = new RuleCheck();
            rules.OneOf("state", state, "unsent", "sent", "dead", "cancelled");
            return Reply.Refused(rules.Refusal!);
        }

        long? tenantId = string.IsNullOrEmpty(tenant) ? null : Ids.Read(IdText.Tenant, tenant);
        return Reply.Of(
            await notifications.ListAsync(tenantId, wanted, page, ct),
            static found => Reply.Ok(ListOf<NotificationView>.Of(
                found, NotificationView.Of, static mail => Ids.Notification(mail.Id))));
    }
}
