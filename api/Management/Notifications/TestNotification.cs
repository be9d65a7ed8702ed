using System.ComponentModel.DataAnnotations;
using FastEndpoints;
using FluentValidation;
using Microsoft.Extensions.Options;
using Sluice.Api.Mail.Texts;
using Sluice.Api.Management.Tenants;
using Sluice.Api.Settings;
using Sluice.Storage.Control.Audit;
using Sluice.Storage.Control.Names;
using Sluice.Storage.Control.Tenants;
using Sluice.Storage.Outbox.Mail;

namespace Sluice.Api.Management.Notifications;

/// <summary><c>POST /api/v1/tenants/{t}/notifications/test</c></summary>
internal sealed class TestNotification(
    UnitOfWork work,
    TenantStore tenants,
    MailOutbox outbox,
    NotificationStore notifications,
    IOptions<SluiceOptions> options)
    : ManagementEndpoint<TestNotificationRequest>
{
    public override void Configure()
    {
        Post("/tenants/{t}/notifications/test");
        Group<NotificationsEndpoints>();
        Requires(Permission.ManageNotifications);
        Transactional();
        Bounded();
        Describe("Send a test mail to an address; the list of notifications shows the result");
        Returns<NotificationResponse>(StatusCodes.Status201Created);
    }

    public override async Task<ApiResult> ExecuteAsync(TestNotificationRequest request, CancellationToken ct)
    {
        if (await tenants.FindAsync(TenantId, ct) is not { } tenant)
            return ApiResult.NotFound("tenant");

        var language = request.Language ?? tenant.Language;
        var mail = new QueuedMail(
            tenant.Id,
            TestText.Kind,
            [request.Email!],
            language,
            new TestText.Model(tenant.Name, work.Now),
            null,
            $"test.{Ids.Notification(IdText.NewValue())}@{options.Value.MailHost}");
        if ((await outbox.QueueTestAsync(work, mail, ct)).IsError(out var full, out var id))
            return ApiResult.Failure(full);
        await AuditLog.AppendAsync(
            work,
            new("notification.tested", tenant.Id, Ids.Notification(id), null, new { email = request.Email, language }),
            ct);
        return ApiResult.Created(
            $"/api/v1/tenants/{Ids.Tenant(tenant.Id)}/notifications",
            NotificationResponse.Of((await notifications.FindAsync(work, id, ct))!, NameBook.Empty));
    }
}

/// <param name="Email">The address of the recipient.</param>
/// <param name="Language">The language of the mail; the tenant's if omitted.</param>
internal sealed record TestNotificationRequest(
    string? Email,
    [AllowedValues("en", "fr")] string? Language = null);

internal sealed class TestNotificationRequestValidator : Validator<TestNotificationRequest>
{
    public TestNotificationRequestValidator()
    {
        RuleFor(static r => r.Email).Follows(FieldRules.Email);
        RuleFor(static r => r.Language).Follows(TenantFields.Language).When(static r => r.Language is not null);
    }
}
