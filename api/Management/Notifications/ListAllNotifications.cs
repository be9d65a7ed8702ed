using FastEndpoints;
using FluentValidation;
using Sluice.Storage.Outbox.Mail;

namespace Sluice.Api.Management.Notifications;

/// <summary><c>GET /api/v1/notifications</c></summary>
internal sealed class ListAllNotifications(NotificationStore notifications)
    : ManagementEndpoint<ListAllNotificationsQuery>
{
    public override void Configure()
    {
        Get("/notifications");
        Group<NotificationsEndpoints>();
        Requires(Permission.ReadPlatform);
        Describe("List the mails of all tenants, oldest first; filter with ?state= and ?tenant=");
        Returns<ListResponse<NotificationResponse>>();
    }

    public override async Task<ApiResult> ExecuteAsync(ListAllNotificationsQuery query, CancellationToken ct)
    {
        if (query.Read(IdText.Mail).IsError(out var error, out var page))
            return ApiResult.Failure(error);
        MailState? wanted = null;
        foreach (var value in Enum.GetValues<MailState>())
        {
            if (Words.Of(value) == query.State)
                wanted = value;
        }


        long? tenantId = string.IsNullOrEmpty(query.Tenant) ? null : Ids.Read(IdText.Tenant, query.Tenant);
        return ApiResult.Of(
            await notifications.ListAsync(tenantId, wanted, page, ct),
            static found => ApiResult.Ok(ListResponse<NotificationResponse>.Of(
                found, NotificationResponse.Of, static mail => Ids.Notification(mail.Id))));
    }
}

/// <param name="State">Mails in this state; all if omitted.</param>
/// <param name="Tenant">Mails of this tenant; of all tenants if omitted.</param>
internal sealed record ListAllNotificationsQuery(string? State, string? Tenant, string? After, string? Limit)
    : PageQuery(After, Limit);

internal sealed class ListAllNotificationsQueryValidator : Validator<ListAllNotificationsQuery>
{
    public ListAllNotificationsQueryValidator()
    {
        RuleFor(static q => q.State).Follows(FieldRules.OneOf("unsent", "sent", "dead", "cancelled"))
            .When(static q => !string.IsNullOrEmpty(q.State));
    }
}
