using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.Metering.Identity;
using Sluice.Storage.Control;

namespace Sluice.Storage.Mail;

/// <inheritdoc cref="IMailOutbox"/>
internal sealed class MailOutbox : IMailOutbox
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

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
