using Sluice.Storage.Outbox.Mail;

namespace Sluice.Api.Management.Notifications;

/// <summary><c>GET /api/v1/tenants/{t}/notifications</c></summary>
internal sealed class ListNotifications(NotificationStore notifications) : ManagementEndpoint<PageQuery>
{
    public override void Configure()
    {
        Get("/tenants/{t}/notifications");
        Group<NotificationsEndpoints>();
        Requires(Permission.ManageNotifications);
        Describe("List the tenant's mails, oldest first, with their state for each recipient");
        Returns<ListResponse<NotificationResponse>>();
    }

    public override async Task<ApiResult> ExecuteAsync(PageQuery query, CancellationToken ct) =>
        query.Read(IdText.Mail).IsError(out var error, out var page)
            ? ApiResult.Failure(error)
            : ApiResult.Of(
                await notifications.ListAsync(TenantId, null, page, ct),
                static found => ApiResult.Ok(ListResponse<NotificationResponse>.Of(
                    found, NotificationResponse.Of, static mail => Ids.Notification(mail.Id))));
}
