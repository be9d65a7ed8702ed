using System.ComponentModel.DataAnnotations;
using FastEndpoints;
using FluentValidation;
using Sluice.Storage.Control.Names;
using Sluice.Storage.Outbox.Mail;

namespace Sluice.Api.Management.Notifications;

/// <summary><c>GET /api/v1/notifications</c></summary>
internal sealed class ListAllNotifications(NotificationStore notifications, NameStore names)
    : ManagementEndpoint<ListAllNotificationsQuery>
{
    public override void Configure()
    {
        Get("/notifications");
        Group<NotificationsEndpoints>();
        Requires(Permission.ReadPlatform);
        Describe("List the mails of all tenants; filter with ?state= and ?tenant=, sort with ?sort=");
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
        var list = await notifications.ListAsync(tenantId, wanted, page, query.StartsWithNewest(), ct);
        if (list.IsError(out error, out var found))
            return ApiResult.Failure(error);
        var book = await names.ReadAsync(tenantId, found.Items.Select(NotificationResponse.ScopeOf), ct);
        return ApiResult.Ok(ListResponse<NotificationResponse>.Of(
            found, mail => NotificationResponse.Of(mail, book), static mail => Ids.Notification(mail.Id)));
    }
}

/// <param name="State">Only mails in this state; all if omitted.</param>
/// <param name="Tenant">The tenant's id, such as <c>t0000000001a</c>; all tenants if omitted.</param>
/// <param name="Sort"><c>createdAt</c>, oldest first, or <c>-createdAt</c>; oldest first if omitted.</param>
/// <param name="After">The <c>next</c> of the previous page; the first page if omitted.</param>
/// <param name="Limit">The most items of the page, 1 to 500; 50 if omitted.</param>
internal sealed record ListAllNotificationsQuery(
    [AllowedValues("unsent", "sent", "dead", "cancelled")] string? State = null,
    string? Tenant = null,
    string? Sort = null,
    string? After = null,
    [Range(1, PageRequest.MaxLimit)] string? Limit = null)
    : ListNotificationsQuery(Sort, After, Limit);

internal sealed class ListAllNotificationsQueryValidator : Validator<ListAllNotificationsQuery>
{
    public ListAllNotificationsQueryValidator()
    {
        RuleFor(static q => q.State).Follows(FieldRules.OneOf("unsent", "sent", "dead", "cancelled"))
            .When(static q => !string.IsNullOrEmpty(q.State));
        Include(new ListNotificationsQueryValidator());
    }
}
