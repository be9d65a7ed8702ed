using Sluice.Storage.Control;

namespace Sluice.Storage.Webhooks;

/// <summary>The webhooks of tenants, and what was sent to them.</summary>
public interface IWebhookStore
{
    Task<Result<Page<Webhook>>> ListAsync(long tenantId, PageRequest page, CancellationToken ct);

    Task<Webhook?> FindAsync(long tenantId, long webhookId, CancellationToken ct);

    /// <summary>Refused where the tenant has too many, or one with the same address.</summary>
    Task<Result<Webhook>> CreateAsync(UnitOfWork tx, long tenantId, NewWebhook webhook, CancellationToken ct);

    /// <summary>Switching it off also cancels what waits to be sent there.</summary>
    Task<Result<Webhook>> ChangeAsync(
        UnitOfWork tx, long tenantId, long webhookId, WebhookChange change, CancellationToken ct);

    /// <summary>Gives it another secret; the one before signs too up to an instant.</summary>
    Task<Result<Webhook>> RotateSecretAsync(
        UnitOfWork tx,
        long tenantId,
        long webhookId,
        byte[] sealedSecret,
        DateTimeOffset previousUntil,
        CancellationToken ct);

    /// <summary>Cancels what waits to be sent there; what is being sent at this moment may still arrive.</summary>
    Task<Result<Webhook>> DeleteAsync(UnitOfWork tx, long tenantId, long webhookId, CancellationToken ct);

    /// <summary>Queues a test, which is tried once. Refused where the webhook is off or another test waits.</summary>
    Task<Result<WebhookDelivery>> TestAsync(
        UnitOfWork tx, long tenantId, long webhookId, CancellationToken ct);

    /// <summary>Newest first.</summary>
    Task<Result<Page<WebhookDelivery>>> ListDeliveriesAsync(
        long tenantId, long webhookId, PageRequest page, CancellationToken ct);
}
