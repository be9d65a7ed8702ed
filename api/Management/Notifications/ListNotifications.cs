using Sluice.Storage.Control.Names;
using Sluice.Storage.Outbox.Mail;

namespace Sluice.Api.Management.Notifications;

/// <summary><c>GET /api/v1/tenants/{t}/notifications</c></summary>
internal sealed class ListNotifications(NotificationStore notifications, NameStore names)
    : ManagementEndpoint<ListNotificationsQuery>
{
    public override void Configure()
    {
        Get("/tenants/{t}/notifications");
        Group<NotificationsEndpoints>();
        Requires(Permission.ManageNotifications);
        Describe("List the tenant's mails with their state for each recipient; sort with ?sort=");
        Returns<ListResponse<NotificationResponse>>();
    }

    public override async Task<ApiResult> ExecuteAsync(ListNotificationsQuery query, CancellationToken ct)
    {
        if (query.Read(IdText.Mail).IsError(out var error, out var page))
            return ApiResult.Failure(error);
        var list = await notifications.ListAsync(TenantId, null, page, query.StartsWithNewest(), ct);
        if (list.IsError(out error, out var found))
            return ApiResult.Failure(error);
        var book = await names.ReadAsync(TenantId, found.Items.Select(NotificationResponse.ScopeOf), ct);
        return ApiResult.Ok(ListResponse<NotificationResponse>.Of(
            found, mail => NotificationResponse.Of(mail, book), static mail => Ids.Notification(mail.Id)));
    }
}
