using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Sluice.Storage.Control;
using Sluice.Storage.Control.Accounts;
using Sluice.Storage.Control.Expiry;
using Sluice.Storage.Control.Idempotency;
using Sluice.Storage.Control.Invitations;
using Sluice.Storage.Control.Jobs;
using Sluice.Storage.Control.Keys;
using Sluice.Storage.Control.Limits;
using Sluice.Storage.Control.Members;
using Sluice.Storage.Control.Metrics;
using Sluice.Storage.Control.Names;
using Sluice.Storage.Control.Prices;
using Sluice.Storage.Control.Projects;
using Sluice.Storage.Control.Quota;
using Sluice.Storage.Control.Seats;
using Sluice.Storage.Control.Tenants;
using Sluice.Storage.Ledger.Leases;
using Sluice.Storage.Outbox.Mail;
using Sluice.Storage.Outbox.ThresholdEvents;
using Sluice.Storage.Outbox.Webhooks;
using Sluice.Storage.Reports.AuditTrail;
using Sluice.Storage.Reports.Events;
using Sluice.Storage.Reports.Reconciliation;
using Sluice.Storage.Reports.Retention;
using Sluice.Storage.Reports.Statements;
using Sluice.Storage.Reports.Usage;

namespace Sluice.Storage.Hosting;

/// <summary>Registers the stores of the control plane.</summary>
public static class StorageServices
{
    /// <summary>
    /// Adds the stores. Requires an <see cref="NpgsqlDataSource"/> and a <see cref="TimeProvider"/>.
    /// </summary>
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        InstantHandler.Register();
        return services
            .AddScoped(static services => new UnitOfWork(
                services.GetKeyedService<NpgsqlDataSource>(UnitOfWork.Source)
                    ?? services.GetRequiredService<NpgsqlDataSource>(),
                services.GetRequiredService<TimeProvider>()))
            .AddSingleton<AccountStore>()
            .AddSingleton<CredentialReader>()
            .AddSingleton<AuditReader>()
            .AddSingleton<EventStore>()
            .AddSingleton<TenantStore>()
            .AddSingleton<InvitationStore>()
            .AddSingleton<MailOutbox>()
            .AddSingleton<MailQueue>()
            .AddSingleton<NotificationStore>()
            .AddSingleton<INoticeChannel, ThresholdEventMail>()
            .AddSingleton<INoticeChannel, WebhookChannel>()
            .AddSingleton<ThresholdEventStore>()
            .AddSingleton<JobRunStore>()
            .AddSingleton<StatementStore>()
            .AddSingleton<ExpiryStore>()
            .AddSingleton<RetentionStore>()
            .AddSingleton<Reconciler>()
            .AddSingleton<MissedThresholds>()
            .AddSingleton<MemberStore>()
            .AddSingleton<ProjectStore>()
            .AddSingleton<ProjectMemberStore>()
            .AddSingleton<KeyStore>()
            .AddSingleton<HeldKeyStore>()
            .AddSingleton<SeatStore>()
            .AddSingleton<SubscriptionStore>()
            .AddSingleton<LimitStore>()
            .AddSingleton<BoostStore>()
            .AddSingleton<QuotaRequestStore>()
            .AddSingleton<DefaultQuotaStore>()
            .AddSingleton<PriceStore>()
            .AddSingleton<PriceBookStore>()
            .AddSingleton<UsageStore>()
            .AddSingleton<IdempotencyStore>()
            .AddSingleton<MetricStore>()
            .AddSingleton<NameStore>()
            .AddSingleton<WebhookStore>()
            .AddSingleton<WebhookQueue>();
    }
}
