using System.Net;
using Orleans.Configuration;
using Orleans.Connections.Security;
using Sluice.Api.Health;
using Sluice.Api.Settings;
using Sluice.Engine.Authorities;
using Sluice.Engine.Hosting;
using Sluice.Engine.Sessions;
using Sluice.Grains;
using Sluice.Storage.Ledger.Sessions;

namespace Sluice.Silo.Cluster;

/// <summary>Registers the services that make a node a member of its cluster, by its role.</summary>
internal static class ClusterHosting
{
    private const string Invariant = "Npgsql";

    /// <summary>
    /// Interval of probes. A dead node is detected within four seconds, as its session is; until then, calls to grains
    /// on that node are not answered.
    /// </summary>
    private static readonly TimeSpan ProbePeriod = TimeSpan.FromSeconds(1);

    /// <summary>Number of consecutive probes that may be missed.</summary>
    private const int ProbesMissedMax = 3;

    /// <summary>
    /// A silo whose connection delivered a message within this time, multiplied by <see cref="ProbesMissedMax"/>, is
    /// not voted dead. With Orleans' default of four times <see cref="ProbePeriod"/>, a node that hangs with open
    /// connections would be kept for twelve seconds, not four.
    /// </summary>
    private static readonly TimeSpan ProbeTimeoutMax = TimeSpan.FromSeconds(4) / ProbesMissedMax;

    /// <summary>Timeout of a call; its result is then unknown, and it is retried.</summary>
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Time without a call after which an authority is deactivated; edges have left it by then.</summary>
    private static readonly TimeSpan IdleAuthorityAge = TimeSpan.FromMinutes(3);

    /// <summary>
    /// Maximum cached locations of grains on other silos. The whole cache is allocated at start; Orleans' default of a
    /// million takes 18 MB.
    /// </summary>
    private const int DirectoryCacheSize = 100_000;

    /// <summary>Time after which dead silos are removed from the membership table.</summary>
    private static readonly TimeSpan DeadSiloAge = TimeSpan.FromDays(1);

    /// <summary>Adds everything that the role needs.</summary>
    /// <param name="builder">The host's builder.</param>
    /// <param name="options">Validated options.</param>
    /// <param name="node">This node.</param>
    /// <param name="certificate">The certificate it presents to other nodes, and accepts from them.</param>
    /// <param name="ports">The ports its silo listens on.</param>
    public static void AddCluster(
        this WebApplicationBuilder builder,
        SluiceOptions options,
        NodeIdentity node,
        NodeCertificate certificate,
        SiloPorts ports)
    {
        var services = builder.Services;
        services.AddMeteringStorage(options.Postgres);
        services.AddSingleton(node);
        services.AddSingleton<EdgeSecret>();
        services.AddSingleton<EdgeLinks>();
        services.AddSingleton<ClusterDirectory>();
        services.AddSingleton<IAuthorityDirectory>(static p => p.GetRequiredService<ClusterDirectory>());
        services.AddSingleton<IEdgeDirectory>(static p => p.GetRequiredService<ClusterDirectory>());

        // Services stop in reverse order: first the edge, which returns its rights, then the silo, which hands its
        // authorities over, and finally the services they depend on.
        if (options.HostsAuthorities)
        {
            services.AddAuthorityParts();
            services.AddSingleton(static p => Host(p));
            services.AddSingleton<SyncGate>();
            services.AddSingleton<SessionWatch>();
            services.AddHostedService<ClusterAuthorities>();
            services.AddSingleton<DeadSiloReaper>();
            services.AddHostedService(static p => p.GetRequiredService<DeadSiloReaper>());
            services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(
                static p => p.GetRequiredService<DeadSiloReaper>());
            services.AddHostedService<MemberLog>();
            builder.UseOrleans(silo => Configure(silo, options, node, certificate, ports));
        }
        else
        {
            builder.UseOrleansClient(client => Configure(client, options, certificate));
        }

        var health = services.AddHealthChecks()
            .AddCheck<ClusterHealthCheck>("cluster", timeout: HealthRoutes.Patience);
        if (!options.TakesRequests)
            return;
        services.AddSingleton<IEdgeRegistry, EdgeRegistry>();
        services.AddEdge(node, options.Postgres);
        health.AddCheck<MeteringNode>("metering", timeout: HealthRoutes.Patience);
    }

    private static AuthorityHost Host(IServiceProvider services)
    {
        var directory = services.GetRequiredService<ClusterDirectory>();
        var host = ActivatorUtilities.CreateInstance<AuthorityHost>(
            services, services.GetRequiredService<ILogger<AuthorityHost>>());
        directory.Host = host;
        return host;
    }

    private static void Configure(
        ISiloBuilder silo, SluiceOptions settings, NodeIdentity node, NodeCertificate certificate, SiloPorts ports)
    {
        silo.Configure<ClusterOptions>(options => Name(options, settings));
        silo.Configure<SiloOptions>(options => options.SiloName = DeadSiloReaper.NameOf(node, settings.FilePrefix));
        silo.ConfigureEndpoints(
            settings.SiloAddress, ports.Silo, ports.Gateway,
            listenOnAnyHostAddress: !IPAddress.IsLoopback(settings.SiloAddress));
        if (ports.SiloListen != ports.Silo)
        {
            silo.Configure<EndpointOptions>(options => options.SiloListeningEndpoint =
                new IPEndPoint(settings.SiloAddress, ports.SiloListen));
        }

        silo.UseAdoNetClustering(options =>
        {
            options.Invariant = Invariant;
            options.ConnectionString = settings.Postgres;
        });
        silo.Configure<ClusterMembershipOptions>(static options =>
        {
            options.ProbeTimeout = ProbePeriod;
            // The default falls to half a second, which makes a pause of a busy machine look like a crash.
            options.MinProbeTimeout = ProbePeriod;
            options.MaxProbeTimeout = ProbeTimeoutMax;
            options.NumMissedProbesLimit = ProbesMissedMax;
            options.NumVotesForDeathDeclaration = 1;
            options.IAmAliveTablePublishTimeout = DeadSiloReaper.HeartbeatPeriod;
            options.DefunctSiloExpiration = DeadSiloAge;
            options.DefunctSiloCleanupPeriod = DeadSiloAge;
        });
        silo.Configure<SiloMessagingOptions>(static options => options.ResponseTimeout = ResponseTimeout);
        silo.Configure<GrainDirectoryOptions>(static options => options.CacheSize = DirectoryCacheSize);
        silo.Configure<GrainCollectionOptions>(static options => options.CollectionAge = IdleAuthorityAge);
        silo.UseTls(tls => Secure(tls, certificate));
    }

    private static void Configure(IClientBuilder client, SluiceOptions settings, NodeCertificate certificate)
    {
        client.Configure<ClusterOptions>(options => Name(options, settings));
        client.UseAdoNetClustering(options =>
        {
            options.Invariant = Invariant;
            options.ConnectionString = settings.Postgres;
        });
        client.Configure<ClientMessagingOptions>(static options => options.ResponseTimeout = ResponseTimeout);
        client.UseConnectionRetryFilter(async (_, stop) =>
        {
            // Nodes may start in any order; until then, the health check reports this one as not ready.
            await Task.Delay(ProbePeriod, stop);
            return !stop.IsCancellationRequested;
        });
        client.UseTls(tls => Secure(tls, certificate));
    }

    private static void Name(ClusterOptions options, SluiceOptions settings)
    {
        options.ClusterId = settings.Cluster;
        options.ServiceId = "sluice";
    }

    private static void Secure(TlsOptions tls, NodeCertificate certificate)
    {
        tls.LocalCertificate = certificate.Own;
        tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.RemoteCertificateValidation = (shown, _, _) => certificate.Accepts(shown);
        tls.OnAuthenticateAsClient = (_, options) => options.TargetHost = "sluice";
    }
}
