using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.Metering.Identity;
using Sluice.Storage.Control;
using Sluice.Storage.Control.Tenants;

namespace Sluice.Storage.Outbox.Mail;

/// <summary>Queues mail in the transaction it belongs to; a background job sends it.</summary>
public sealed class MailOutbox
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Queues a mail, which is sent if and only if the action commits.</summary>
    /// <returns>The mail's number.</returns>
    public async Task<long> QueueAsync(UnitOfWork tx, QueuedMail mail, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        var id = IdText.NewValue();
        await db.RunAsync(
            """
            insert into mail
              (id, tenant_id, kind, recipients, language, model, sealed, message_id, due_at, created_at)
            values (@Id, @TenantId, @Kind, @Recipients, @Language, @Model::jsonb, @Sealed, @MessageId, @Now, @Now)
            """,
            new
            {
                Id = id,
                mail.TenantId,
                mail.Kind,
                mail.Recipients,
                mail.Language,
                Model = JsonSerializer.Serialize(mail.Model, Json),
                mail.Sealed,
                mail.MessageId,
                tx.Now,
            },
            ct);
        return id;
    }

    /// <summary>
    /// Queues a test mail. Refused if the tenant has sent as many in the last hour as it may, because they go to
    /// anybody.
    /// </summary>
    public async Task<Result<long>> QueueTestAsync(UnitOfWork tx, QueuedMail mail, CancellationToken ct)
    {
        // Locked, so that many at once are not more than that either.
        if (await TenantRows.LockLivingAsync(tx, mail.TenantId, ct) is null)
            return new Error.NotFound("tenant");
        return await Bound.TestMails.CheckAsync(await tx.OpenAsync(ct), mail.TenantId, tx.Now, ct) is { } full
            ? full
            : await QueueAsync(tx, mail, ct);
    }

    /// <summary>Cancels mails that are waiting or were given up, and deletes their secrets.</summary>
    /// <param name="tx">The action.</param>
    /// <param name="tenantId">The tenant they concern.</param>
    /// <param name="messageIdStart">The prefix of their <c>Message-ID</c>s.</param>
    /// <param name="ct">Cancels the action.</param>
    public async Task CancelAsync(UnitOfWork tx, long tenantId, string messageIdStart, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        await db.RunAsync(
            """
            update mail set state = 3, sealed = null
            where tenant_id = @tenantId and starts_with(message_id, @messageIdStart) and state in (0, 2)
            """,
            new { tenantId, messageIdStart },
            ct);
    }
}
