using Sluice.Storage.Control.Names;
using Sluice.Storage.Outbox.Mail;

namespace Sluice.Api.Management.Notifications;

/// <summary><c>POST /api/v1/notifications/{n}/resend</c></summary>
internal sealed class ResendNotification(UnitOfWork work, NotificationStore notifications, NameStore names)
    : ManagementEndpoint
{
    public override void Configure()
    {
        Post("/notifications/{n}/resend");
        Group<NotificationsEndpoints>();
        Requires(Permission.ManageTenants);
        Transactional();
        Describe("Resend a mail that was sent or given up, to all its recipients");
        Returns<NotificationResponse>();
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct)
    {
        if ((await notifications.ResendAsync(work, RouteId("n", IdText.Mail), ct)).IsError(out var error, out var sent))
            return ApiResult.Failure(error);
        var book = await names.ReadAsync(sent.TenantId, [NotificationResponse.ScopeOf(sent)], ct);
        return ApiResult.Ok(NotificationResponse.Of(sent, book));
    }
}
