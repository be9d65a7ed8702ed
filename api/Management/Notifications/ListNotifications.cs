using Sluice.Storage.Control.Names;
using Sluice.Storage.Outbox.Mail;

namespace Sluice.Api.Management.Notifications;

/// <summary><c>GET /api/v1/tenants/{t}/notifications</c></summary>
internal sealed class ListNotifications(NotificationStore notifications, NameStore names)
    : ManagementEndpoint<PageQuery>
{
    public override void Configure()
    {
        Get("/tenants/{t}/notifications");
        Group<NotificationsEndpoints>();
        Requires(Permission.ManageNotifications);
        Describe("List the tenant's mails, oldest first, with their state for each recipient");
        Returns<ListResponse<NotificationResponse>>();
    }

    public override async Task<ApiResult> ExecuteAsync(PageQuery query, CancellationToken ct)
    {
        if (query.Read(IdText.Mail).IsError(out var error, out var page))
            return ApiResult.Failure(error);
        if ((await notifications.ListAsync(TenantId, null, page, ct)).IsError(out error, out var found))
            return ApiResult.Failure(error);
        var book = await names.ReadAsync(TenantId, found.Items.Select(NotificationResponse.ScopeOf), ct);
        return ApiResult.Ok(ListResponse<NotificationResponse>.Of(
            found, mail => NotificationResponse.Of(mail, book), static mail => Ids.Notification(mail.Id)));
    }
}
