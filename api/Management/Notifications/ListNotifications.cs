using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Mail;

namespace Sluice.Api.Management.Notifications;

/// <summary><c>GET /api/v1/tenants/{t}/notifications</c></summary>
internal static class ListNotifications
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/tenants/{t}/notifications", HandleAsync)
        .Needs(Permission.ManageNotifications)
        .Describe("ListNotifications", "Lists the tenant's mails, oldest first, with who has them")
        .Lists<NotificationView>();

    private static async Task<Reply> HandleAsync(
        TenantId t, [AsParameters] PageQuery query, INotificationStore notifications, CancellationToken ct) =>
        query.Read(IdText.Mail).IsRefused(out var refusal, out var page)
            ? Reply.Refused(refusal)
            : Reply.Of(
                await notifications.ListAsync(t.Value, null, page, ct),
                static found => Reply.Ok(ListOf<NotificationView>.Of(
                    found, NotificationView.Of, static mail => Ids.Notification(mail.Id))));
}
