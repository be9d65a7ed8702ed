using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Sluice.Engine.Authorities;
using Sluice.Engine.Events;
using Sluice.Engine.Keys;
using Sluice.Engine.LiveState;
using Sluice.Engine.Rating;
using Sluice.Engine.Signals;
using Sluice.Engine.Time;
using Sluice.Storage.Control.Credentials;
using Sluice.Storage.Control.Prices;
using Sluice.Storage.Ledger;
using Sluice.Storage.Ledger.Holds;
using Sluice.Storage.Ledger.Leases;
using Sluice.Storage.Ledger.Sessions;

namespace Sluice.Engine.Hosting;

/// <summary>Registers the running parts. The storage of the control plane is registered separately.</summary>
public static class MeteringServices
{
    /// <summary>
    /// Timeout of a ledger statement in seconds, after which the store counts as unreachable: the longest an answer is
    /// delayed when the store hangs.
    /// </summary>
    private const int LedgerTimeoutSeconds = 5;

    /// <summary>
    /// Timeout of an idle batch transaction. A node that sleeps or is cut off in the middle of a batch locks the ids of
    /// its events until the store ends its transaction: without this, a caller that repeats one of them at any node,
    /// and every other event of that batch, would wait for as long as the node is away.
    /// </summary>
    private const int AsleepInBatchMs = 1_000 * LedgerTimeoutSeconds;

    /// <summary>A timed-out statement is abandoned with its connection instead of being cancelled.</summary>
    private const int NoCancellation = -1;

    /// <summary>Adds the services that the authorities of this process write and start with.</summary>
    public static IServiceCollection AddAuthorityParts(this IServiceCollection services) => services
        .AddSingleton<LeaseGroupCommit>()
        .AddSingleton<HoldReader>()
        .AddSingleton<AuthorityStorage>()
        .AddHostedService<AuthorityService>();

    /// <summary>
    /// Adds the stores and the control plane's signals to the authorities. They have connections of their own, so that
    /// leases, sessions and keys never wait for one that management holds.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="connectionString">The connection string of the store, password included.</param>
    public static IServiceCollection AddMeteringStorage(
        this IServiceCollection services, string connectionString) => services
        .AddKeyedSingleton(MeteringSource.Key, (_, _) => MeteringSource.Create(connectionString))
        .AddSingleton<ProcessClock>()
        .AddSingleton(static p => new SessionStore(SourceOf(p), p.GetRequiredService<TimeProvider>()))
        .AddSingleton(static p => new CredentialStore(SourceOf(p)))
        .AddSingleton(static p => new LedgerPartitions(SourceOf(p)))
        .AddSingleton(static p => new LeaseStore(SourceOf(p)))
        .AddSingleton(static p => new HoldStore(SourceOf(p)))
        .AddSingleton(static p => new ActivationStore(SourceOf(p)))
        .AddSingleton<ActivationQueue>()
        .AddKeyedSingleton(LiveStateSource.Key, (_, _) => LiveStateSource.Create(connectionString))
        .AddSingleton(static p => StatesOf(p))
        .AddSingleton<ControlSignals>();

    /// <summary>Adds the edge: admission, the ledger writer and the entry point of the data plane.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="node">This node.</param>
    /// <param name="connectionString">The connection string of the store, password included; a data source no longer
    /// reveals it.</param>
    public static IServiceCollection AddEdge(
        this IServiceCollection services, NodeIdentity node, string connectionString) => services
        .AddSingleton<PriceHistory>()
        .AddSingleton<RateBook>()
        .AddSingleton<UsageEventPool>()
        .AddSingleton<KeyLookups>()
        .AddKeyedSingleton("ledger", (_, _) => LedgerSource(connectionString))
        .AddSingleton(p => Parts(p, node))
        .AddSingleton<MeteringNode>()
        .AddHostedService(static p => p.GetRequiredService<MeteringNode>());

    private static NpgsqlDataSource LedgerSource(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxAutoPrepare = 20,
            AutoPrepareMinUsages = 2,
            CommandTimeout = LedgerTimeoutSeconds,
            Timeout = LedgerTimeoutSeconds,
            CancellationTimeout = NoCancellation,
            MaxPoolSize = 4,
            NoResetOnClose = true,
        };

        // A plan made while a partition was empty would scan it forever; ids are always looked up by index here.
        var session = $"-c enable_seqscan=off -c idle_in_transaction_session_timeout={AsleepInBatchMs}";
        settings.Options = $"{settings.Options} {session}".Trim();
        return NpgsqlDataSource.Create(settings);
    }

    private static MeteringDependencies Parts(IServiceProvider services, NodeIdentity node) => new()
    {
        Source = SourceOf(services),
        LedgerSource = services.GetRequiredKeyedService<NpgsqlDataSource>("ledger"),
        Sessions = services.GetRequiredService<SessionStore>(),
        Lookups = services.GetRequiredService<KeyLookups>(),
        Credentials = services.GetRequiredService<CredentialStore>(),
        Partitions = services.GetRequiredService<LedgerPartitions>(),
        Rates = services.GetRequiredService<RateBook>(),
        Pool = services.GetRequiredService<UsageEventPool>(),
        Edges = services.GetRequiredService<IEdgeDirectory>(),
        Registry = services.GetRequiredService<IEdgeRegistry>(),
        Node = node,
        Meters = services.GetRequiredService<IMeterFactory>(),
    };

    private static LiveStateReader StatesOf(IServiceProvider services)
    {
        var source = services.GetRequiredKeyedService<NpgsqlDataSource>(LiveStateSource.Key);
        return new LiveStateReader(
            new CounterStore(source),
            new ActivationStore(source),
            new CredentialStore(source),
            services.GetRequiredService<IAuthorityDirectory>(),
            services.GetRequiredService<ProcessClock>());
    }

    private static NpgsqlDataSource SourceOf(IServiceProvider services) =>
        services.GetRequiredKeyedService<NpgsqlDataSource>(MeteringSource.Key);
}
