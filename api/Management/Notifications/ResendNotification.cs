using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Storage.Control;
using Sluice.Storage.Mail;

namespace Sluice.Api.Management.Notifications;

/// <summary><c>POST /api/v1/notifications/{n}/resend</c></summary>
internal static class ResendNotification
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/notifications/{n}/resend", HandleAsync)
        .Needs(Permission.ManageTenants)
        .AsAction()
        .Describe("ResendNotification", "Sends a mail again that was sent or given up, to all its recipients")
        .Produces<NotificationView>();

    private static async Task<Reply> HandleAsync(
        NotificationId n, ControlTransaction tx, INotificationStore notifications, CancellationToken ct) =>
        Reply.Of(
            await notifications.ResendAsync(tx, n.Value, ct),
            static resent => Reply.Ok(NotificationView.Of(resent)));
}
