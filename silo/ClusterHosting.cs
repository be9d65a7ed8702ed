using Orleans.Configuration;
using Orleans.Connections.Security;
using Sluice.Api.Hosting;
using Sluice.Api.Settings;
using Sluice.Engine.Authorities;
using Sluice.Engine.Control;
using Sluice.Engine.Hosting;
using Sluice.Engine.Sessions;
using Sluice.Grains;
using Microsoft.Extensions.Options;

namespace Sluice.Silo;

/// <summary>Composes a process of the cluster by its role.</summary>
public static class ClusterHosting
{
    private const string Invariant = "Npgsql";

    /// <summary>
    /// A node that is dead is noticed within four seconds, as its session is; until then calls to grains that lived
    /// there are not answered.
    /// </summary>
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromSeconds(1);

    /// <summary>Probes in a row that may be missed.</summary>
    private const int ProbesMissedMax = 3;

    /// <summary>
    /// No vote is cast against a silo whose connection brought a message within this time as often as probes may be
    /// missed. By default that is four times <see cref="ProbeEvery"/>, so that a node that hangs while its connections
    /// stand was given up after twelve seconds, not after four.
    /// </summary>
    private static readonly TimeSpan ProbeMost = TimeSpan.FromSeconds(4) / ProbesMissedMax;

    /// <summary>After this long a call is given up; its outcome is unknown, and it is made again.</summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    /// <summary>An authority that nobody has asked for this long is let go; edges have left it by then.</summary>
    private static readonly TimeSpan IdleAuthority = TimeSpan.FromMinutes(3);

    /// <summary>Silos that have been dead for so long are forgotten.</summary>
    private static readonly TimeSpan DeadSilo = TimeSpan.FromDays(1);

    /// <summary>Adds everything that the role needs.</summary>
    public static void AddCluster(this WebApplicationBuilder builder, ClusterSettings settings)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(settings);
        var services = builder.Services;
        services.AddMeteringStorage();
        services.AddSingleton<ClusterDirectory>();
        services.AddSingleton<IAuthorityDirectory>(static p => p.GetRequiredService<ClusterDirectory>());
        services.AddSingleton<IEdgeDirectory>(static p => p.GetRequiredService<ClusterDirectory>());

        // Services stop in the reverse order: first the edge, which gives its rights back, then the silo, which hands
        // its authorities over, and last what these stand on.
        if (settings.HostsAuthorities)
        {
            services.AddAuthorityParts();
            services.AddSingleton(static p => Host(p));
            services.AddSingleton<SessionWatch>();
            services.AddHostedService<ClusterAuthorities>();
            services.AddHostedService<LostMembers>();
            builder.UseOrleans(silo => Configure(silo, settings));
        }
        else
        {
            builder.UseOrleansClient(client => Configure(client, settings));
        }

        services.AddSingleton<IReadiness, MembershipReadiness>();
        if (!settings.TakesRequests)
            return;
        services.AddSingleton<IEdgeRegistry, EdgeRegistration>();
        services.AddEdge(alone: false, NodeServices.ConnectionString);
    }

    private static AuthorityHost Host(IServiceProvider services)
    {
        var directory = services.GetRequiredService<ClusterDirectory>();
        var host = ActivatorUtilities.CreateInstance<AuthorityHost>(
            services, services.GetRequiredService<ILogger<AuthorityHost>>());
        directory.Host = host;
        return host;
    }

    private static void Configure(ISiloBuilder silo, ClusterSettings settings)
    {
        silo.Configure<ClusterOptions>(options => Name(options, settings));
        silo.ConfigureEndpoints(
            settings.Address, settings.SiloPort, settings.GatewayPort,
            listenOnAnyHostAddress: !System.Net.IPAddress.IsLoopback(settings.Address));
        if (settings.SiloListenPort != 0)
        {
            silo.Configure<EndpointOptions>(options => options.SiloListeningEndpoint =
                new System.Net.IPEndPoint(settings.Address, settings.SiloListenPort));
        }

        silo.UseAdoNetClustering(static options => options.Invariant = Invariant);
        silo.Services.AddOptions<AdoNetClusteringSiloOptions>().Configure<IOptions<SluiceOptions>>(
            static (options, sluice) => options.ConnectionString = sluice.Value.Postgres);
        silo.Configure<ClusterMembershipOptions>(static options =>
        {
            options.ProbeTimeout = ProbeEvery;
            options.MaxProbeTimeout = ProbeMost;
            options.NumMissedProbesLimit = ProbesMissedMax;
            options.NumVotesForDeathDeclaration = 1;
            options.IAmAliveTablePublishTimeout = LostMembers.BeatEvery;
            options.DefunctSiloExpiration = DeadSilo;
            options.DefunctSiloCleanupPeriod = DeadSilo;
        });
        silo.Configure<SiloMessagingOptions>(static options => options.ResponseTimeout = AnswerWithin);
        silo.Configure<GrainCollectionOptions>(static options => options.CollectionAge = IdleAuthority);
        if (settings is { Certificate: { } certificate, Authority: { } authority })
            silo.UseTls(tls => Secure(tls, certificate, authority));
    }

    private static void Configure(IClientBuilder client, ClusterSettings settings)
    {
        client.Configure<ClusterOptions>(options => Name(options, settings));
        client.UseAdoNetClustering(static options => options.Invariant = Invariant);
        client.Services.AddOptions<AdoNetClusteringClientOptions>().Configure<IOptions<SluiceOptions>>(
            static (options, sluice) => options.ConnectionString = sluice.Value.Postgres);
        client.Configure<ClientMessagingOptions>(static options => options.ResponseTimeout = AnswerWithin);
        client.UseConnectionRetryFilter(async (_, stop) =>
        {
            // Processes may start in any order; the health check says that this one is not ready.
            await Task.Delay(ProbeEvery, stop);
            return !stop.IsCancellationRequested;
        });
        if (settings is { Certificate: { } certificate, Authority: { } authority })
            client.UseTls(tls => Secure(tls, certificate, authority));
    }

    private static void Name(ClusterOptions options, ClusterSettings settings)
    {
        options.ClusterId = settings.ClusterId;
        options.ServiceId = "sluice";
    }

    private static void Secure(
        TlsOptions tls,
        System.Security.Cryptography.X509Certificates.X509Certificate2 certificate,
        System.Security.Cryptography.X509Certificates.X509Certificate2 authority)
    {
        tls.LocalCertificate = certificate;
        tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.RemoteCertificateValidation = (shown, _, _) => ClusterTrust.IsSignedBy(shown, authority);
        tls.OnAuthenticateAsClient = (_, options) => options.TargetHost = "sluice";
    }
}
