using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Sluice.Api.Settings;
using Sluice.Engine.Authorities;
using Sluice.Grains;
using Sluice.Silo.Cluster;
using Sluice.Storage.Ledger.Sessions;

namespace Sluice.Api.Tests.Cluster.Membership;

/// <summary>A process of a cluster as the program composes it, without HTTP. It need not be started.</summary>
internal sealed class BareSilo : IAsyncDisposable
{
    private readonly WebApplication _app;
    private bool _started;

    private readonly NodeCertificate _certificate;
    private readonly SiloPorts _ports;

    /// <param name="connectionString">A store with the program's schema.</param>
    /// <param name="clusterId">Processes of one name are one cluster.</param>
    /// <param name="certificate">
    /// The certificate that it presents to others; null for one that no other process has.
    /// </param>
    /// <param name="role">Its role.</param>
    public BareSilo(
        string connectionString,
        string clusterId,
        NodeCertificate? certificate = null,
        NodeRole role = NodeRole.Silo)
    {
        var options = new SluiceOptions { Postgres = connectionString, Cluster = clusterId, Role = role };
        _certificate = certificate ?? NodeCertificate.Of(NodeCertificate.Make(clusterId));
        _ports = SiloPorts.Reserve(options);
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.Logging.ClearProviders().AddProvider(Log).AddFilter<CapturedLog>("Orleans", LogLevel.Debug);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(connectionString));
        builder.AddCluster(options, new NodeIdentity(Guid.NewGuid(), "test"), _certificate, _ports);
        _app = builder.Build();
    }

    /// <summary>The port where other silos reach it.</summary>
    public int Port => _ports.Silo;

    public CapturedLog Log { get; } = new();

    /// <summary>The directory of the cluster's authorities.</summary>
    public ClusterDirectory Directory => Of<ClusterDirectory>();

    /// <summary>The number of authorities in this process.</summary>
    public int Authorities => Of<AuthorityHost>().Count;

    public async Task StartAsync(CancellationToken ct)
    {
        await _app.StartAsync(ct);
        _started = true;
    }

    public T Of<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        // A silo that never joined has nothing to say goodbye to, and throws when asked to.
        if (_started)
            await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _ports.Dispose();
        _certificate.Dispose();
    }
}
