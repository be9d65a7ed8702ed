using Microsoft.Extensions.Options;
using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Mail.Texts;
using Sluice.Api.Settings;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Audit;
using Sluice.Storage.Control;
using Sluice.Storage.Mail;
using Sluice.Storage.Tenants;

namespace Sluice.Api.Management.Notifications;

/// <summary><c>POST /api/v1/tenants/{t}/notifications/test</c></summary>
internal static class TestNotification
{
    /// <param name="Email">Where to.</param>
    /// <param name="Language">The tenant's where left out.</param>
    internal sealed record Request(string? Email, string? Language);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/tenants/{t}/notifications/test", HandleAsync)
        .Needs(Permission.ManageNotifications)
        .AsAction()
        .Describe("TestNotification", "Sends a test mail to an address; the list tells what became of it")
        .Produces<NotificationView>(StatusCodes.Status201Created);

    private static async Task<Reply> HandleAsync(
        TenantId t,
        Request request,
        ControlTransaction tx,
        ITenantStore tenants,
        IMailOutbox outbox,
        INotificationStore notifications,
        IOptions<SluiceOptions> options,
        CancellationToken ct)
    {
        var rules = new RuleCheck();
        var email = rules.Email("email", request.Email);
        if (request.Language is not null)
            rules.OneOf("language", request.Language, Tongue.English.Code, Tongue.French.Code);
        if (rules.Refusal is { } refusal)
            return Reply.Refused(refusal);
        if (await tenants.FindAsync(t.Value, ct) is not { } tenant)
            return Reply.NotFound("tenant");

        var language = request.Language ?? tenant.Language;
        var mail = new QueuedMail(
            tenant.Id,
            TestText.Kind,
            [email],
            language,
            new TestText.Model(tenant.Name, tx.Now),
            null,
            $"test.{Ids.Notification(IdText.NewValue())}@{options.Value.MailHost}");
        var id = await outbox.QueueAsync(tx, mail, ct);
        await AuditLog.AppendAsync(
            tx, new("notification.tested", tenant.Id, Ids.Notification(id), null, new { email, language }), ct);
        return Reply.Created(
            $"/api/v1/tenants/{Ids.Tenant(tenant.Id)}/notifications",
            NotificationView.Of((await notifications.FindAsync(tx, id, ct))!));
    }
}
