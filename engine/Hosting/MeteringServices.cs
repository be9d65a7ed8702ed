using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Sluice.Engine.Authorities;
using Sluice.Engine.Control;
using Sluice.Engine.Metering;
using Sluice.Engine.Rating;
using Sluice.Storage.Credentials;
using Sluice.Storage.Leases;
using Sluice.Storage.Ledger;
using Sluice.Storage.Prices;
using Sluice.Storage.Sessions;

namespace Sluice.Engine.Hosting;

/// <summary>Registers the running parts. The storage of the control plane is registered by itself.</summary>
public static class MeteringServices
{
    /// <summary>
    /// How long one statement of the ledger may take before the store counts as away, seconds: so long an answer is
    /// held back at most when the store hangs.
    /// </summary>
    private const int LedgerTimeoutSeconds = 5;

    /// <summary>
    /// A node that sleeps, or is cut off, in the middle of a batch holds the ids of its events until the store ends
    /// its transaction: without this, whoever repeats one of them anywhere would wait for as long as the node is away,
    /// and everybody else of the same batch too.
    /// </summary>
    private const int AsleepInBatchMs = 1_000 * LedgerTimeoutSeconds;

    /// <summary>A statement that took too long is given up with its connection; nobody waits for its end.</summary>
    private const int NoCancellation = -1;

    /// <summary>Adds what the authorities of this process write and start with.</summary>
    public static IServiceCollection AddAuthorityParts(this IServiceCollection services) => services
        .AddSingleton<LeaseGroupCommit>()
        .AddHostedService<AuthorityService>();

    /// <summary>The stores and the control plane's way to the authorities.</summary>
    public static IServiceCollection AddMeteringStorage(this IServiceCollection services) => services
        .AddSingleton<ProcessClock>()
        .AddSingleton<SessionStore>()
        .AddSingleton<CredentialStore>()
        .AddSingleton<LedgerPartitions>()
        .AddSingleton<LeaseStore>()
        .AddSingleton<ActivationStore>()
        .AddSingleton<CounterStore>()
        .AddSingleton<ActivationQueue>()
        .AddSingleton<LiveStateReader>()
        .AddSingleton<ControlSignals>()
        .AddSingleton<IControlSignals>(static p => p.GetRequiredService<ControlSignals>());

    /// <summary>Adds the edge: admission, the ledger writer, the data plane's way in.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="node">This node.</param>
    /// <param name="connectionString">Of the store, password included; a data source no longer tells it.</param>
    public static IServiceCollection AddEdge(
        this IServiceCollection services, NodeIdentity node, string connectionString) => services
        .AddSingleton<PriceHistory>()
        .AddSingleton<RateBook>()
        .AddSingleton<UsageEventPool>()
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

        // A plan that was made while a partition was empty reads it from end to end for good; ids are always looked
        // up by index here.
        var session = $"-c enable_seqscan=off -c idle_in_transaction_session_timeout={AsleepInBatchMs}";
        settings.Options = $"{settings.Options} {session}".Trim();
        return NpgsqlDataSource.Create(settings);
    }

    private static MeteringDependencies Parts(IServiceProvider services, NodeIdentity node) => new()
    {
        Source = services.GetRequiredService<NpgsqlDataSource>(),
        LedgerSource = services.GetRequiredKeyedService<NpgsqlDataSource>("ledger"),
        Sessions = services.GetRequiredService<SessionStore>(),
        Credentials = services.GetRequiredService<CredentialStore>(),
        Partitions = services.GetRequiredService<LedgerPartitions>(),
        Rates = services.GetRequiredService<RateBook>(),
        Pool = services.GetRequiredService<UsageEventPool>(),
        Registry = services.GetRequiredService<IEdgeRegistry>(),
        Node = node,
    };
}
