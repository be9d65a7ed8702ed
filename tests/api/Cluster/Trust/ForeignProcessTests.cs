using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;
using Orleans.Connections.Security;
using Orleans.Hosting;
using Orleans.Runtime;
using Sluice.Api.Settings;
using Sluice.GrainInterfaces;
using Sluice.Metering.Identity;
using Sluice.Silo.Cluster;
using Sluice.Storage.Control.Clusters;
using Xunit;

namespace Sluice.Api.Tests.Cluster.Trust;

/// <summary>
/// Attempts of a process on the same machine that knows where a node listens, and everything else except the key of the
/// cluster's certificate.
/// </summary>
public sealed class ForeignProcessTests(NodeHost host) : IClassFixture<NodeHost>
{
    /// <summary>How long a foreign process tries. Our own processes join within a fraction of a second.</summary>
    private static readonly TimeSpan Tries = TimeSpan.FromSeconds(6);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private EndpointOptions Endpoints => host.Services.GetRequiredService<IOptions<EndpointOptions>>().Value;

    private string ClusterId => host.Services.GetRequiredService<IOptions<ClusterOptions>>().Value.ClusterId;

    [Fact]
    public async Task AClientWithTheClustersCertificate_CallsGrains()
    {
        await using var source = NpgsqlDataSource.Create(host.ConnectionString);
        using var certificate = await NodeCertificate.OfClusterAsync(
            new ClusterCertificateStore(source), ClusterId, Cancellation);
        using var client = Client(certificate.Own);

        await client.StartAsync(Cancellation);

        Assert.Null(await AskAsync(client));
        await client.StopAsync(Cancellation);
    }

    [Fact]
    public async Task AClientWithoutTls_CallsNoGrain()
    {
        using var client = Client(null);

        await Assert.ThrowsAnyAsync<Exception>(() => CallAsync(client));
    }

    [Fact]
    public async Task AClientWithACertificateOfItsOwn_CallsNoGrain()
    {
        using var certificate = NodeCertificate.Of(NodeCertificate.Make(ClusterId));
        using var client = Client(certificate.Own);

        await Assert.ThrowsAnyAsync<Exception>(() => CallAsync(client));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ASiloWithoutTheClustersCertificate_DoesNotJoin(bool withTls)
    {
        using var certificate = NodeCertificate.Of(NodeCertificate.Make(ClusterId));
        using var ports = SiloPorts.Reserve(new SluiceOptions());
        using var silo = Host.CreateDefaultBuilder().ConfigureLogging(static logging => logging.ClearProviders())
            .UseOrleans(builder =>
            {
                builder.Configure<ClusterOptions>(Name);
                builder.ConfigureEndpoints(IPAddress.Loopback, ports.Silo, ports.Gateway);
                builder.UseDevelopmentClustering(new IPEndPoint(IPAddress.Loopback, Endpoints.SiloPort));
                if (withTls)
                    builder.UseTls(tls => Secure(tls, certificate.Own));
            }).Build();
        using var patience = new CancellationTokenSource(Tries);

        await Assert.ThrowsAnyAsync<Exception>(() => silo.StartAsync(patience.Token).WaitAsync(patience.Token));

        Assert.Equal(1L, await host.QueryAsync<long>("select count(*) from cluster_member"));
        var oracle = host.Services.GetRequiredService<ISiloStatusOracle>();
        Assert.Single(oracle.GetApproximateSiloStatuses(onlyActive: false));
    }

    private static async Task CallAsync(IHost client)
    {
        using var patience = new CancellationTokenSource(Tries);
        await client.StartAsync(patience.Token).WaitAsync(patience.Token);
        await AskAsync(client);
    }

    private static Task<GrainInterfaces.Messages.ReadingLine[]?> AskAsync(IHost client) =>
        client.Services.GetRequiredService<IGrainFactory>().GetGrain<ITenantGrain>(IdText.NewValue()).ReadAsync();

    private static void Secure(TlsOptions tls, X509Certificate2 certificate)
    {
        tls.LocalCertificate = certificate;
        tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.AllowAnyRemoteCertificate();
        tls.OnAuthenticateAsClient = static (_, options) => options.TargetHost = "sluice";
    }

    private IHost Client(X509Certificate2? certificate) =>
        Host.CreateDefaultBuilder().ConfigureLogging(static logging => logging.ClearProviders())
            .UseOrleansClient(client =>
            {
                client.Configure<ClusterOptions>(Name);
                client.UseStaticClustering(new IPEndPoint(IPAddress.Loopback, Endpoints.GatewayPort));
                if (certificate is not null)
                    client.UseTls(tls => Secure(tls, certificate));
            }).Build();

    private void Name(ClusterOptions options)
    {
        options.ClusterId = ClusterId;
        options.ServiceId = "sluice";
    }
}
