using Microsoft.Extensions.DependencyInjection;
using Sluice.Storage.Accounts;
using Sluice.Storage.Audit;
using Sluice.Storage.Expiry;
using Sluice.Storage.Idempotency;
using Sluice.Storage.Invitations;
using Sluice.Storage.Jobs;
using Sluice.Storage.Keys;
using Sluice.Storage.Leases;
using Sluice.Storage.Limits;
using Sluice.Storage.Mail;
using Sluice.Storage.Members;
using Sluice.Storage.Metrics;
using Sluice.Storage.Prices;
using Sluice.Storage.Projects;
using Sluice.Storage.Quota;
using Sluice.Storage.Reconciliation;
using Sluice.Storage.Retention;
using Sluice.Storage.Seats;
using Sluice.Storage.Statements;
using Sluice.Storage.Tenants;
using Sluice.Storage.Transitions;
using Sluice.Storage.Usage;
using Sluice.Storage.Webhooks;

namespace Sluice.Storage.Control;

/// <summary>Registers the stores of the control plane.</summary>
public static class StorageServices
{
    /// <summary>Needs an <see cref="Npgsql.NpgsqlDataSource"/> and a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddControlStores(this IServiceCollection services)
    {
        InstantHandler.Register();
        return services
            .AddScoped<UnitOfWork>()
            .AddSingleton<IAccountStore, AccountStore>()
            .AddSingleton<ICredentialReader, CredentialReader>()
            .AddSingleton<IAuditReader, AuditReader>()
            .AddSingleton<ITenantStore, TenantStore>()
            .AddSingleton<IInvitationStore, InvitationStore>()
            .AddSingleton<IMailOutbox, MailOutbox>()
            .AddSingleton<IMailQueue, MailQueue>()
            .AddSingleton<INotificationStore, NotificationStore>()
            .AddSingleton<INoticeChannel, TransitionMail>()
            .AddSingleton<INoticeChannel, WebhookChannel>()
            .AddSingleton<ITransitionStore, TransitionStore>()
            .AddSingleton<JobRunStore>()
            .AddSingleton<StatementStore>()
            .AddSingleton<ExpiryStore>()
            .AddSingleton<RetentionStore>()
            .AddSingleton<Reconciler>()
            .AddSingleton<MissedThresholds>()
            .AddSingleton<IMemberStore, MemberStore>()
            .AddSingleton<IProjectStore, ProjectStore>()
            .AddSingleton<IProjectMemberStore, ProjectMemberStore>()
            .AddSingleton<IKeyStore, KeyStore>()
            .AddSingleton<IHeldKeyStore, HeldKeyStore>()
            .AddSingleton<ISeatStore, SeatStore>()
            .AddSingleton<ISubscriptionStore, SubscriptionStore>()
            .AddSingleton<ILimitStore, LimitStore>()
            .AddSingleton<IBoostStore, BoostStore>()
            .AddSingleton<IQuotaRequestStore, QuotaRequestStore>()
            .AddSingleton<IPriceStore, PriceStore>()
            .AddSingleton<IUsageStore, UsageStore>()
            .AddSingleton<IIdempotencyStore, IdempotencyStore>()
            .AddSingleton<IMetricStore, MetricStore>()
            .AddSingleton<IWebhookStore, WebhookStore>()
            .AddSingleton<IWebhookQueue, WebhookQueue>();
    }
}
