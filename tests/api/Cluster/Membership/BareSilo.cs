using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Sluice.Api.Settings;
using Sluice.Engine.Authorities;
using Sluice.Grains;
using Sluice.Silo;
using Xunit;

namespace Sluice.Api.Tests.Cluster.Membership;

/// <summary>
/// A process of a cluster as the program composes it, without anything of HTTP. It need not be started.
/// </summary>
internal sealed class BareSilo : IAsyncDisposable
{
    private readonly WebApplication _app;
    private bool _started;

    /// <param name="connectionString">Of a store with the program's schema.</param>
    /// <param name="clusterId">Processes of one name are one cluster.</param>
    /// <param name="siloPort">Where other silos reach it.</param>
    /// <param name="settings">Others of the cluster's settings.</param>
    public BareSilo(
        string connectionString, string clusterId, int siloPort = 1, params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.Logging.ClearProviders().AddProvider(Log).AddFilter<CapturedLog>("Orleans", LogLevel.Debug);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(connectionString));
        builder.Services.Configure<SluiceOptions>(options => options.Postgres = connectionString);
        builder.AddCluster(Read(clusterId, siloPort, settings));
        _app = builder.Build();
    }

    public CapturedLog Log { get; } = new();

    /// <summary>The way to the authorities of the cluster.</summary>
    public ClusterDirectory Directory => Of<ClusterDirectory>();

    /// <summary>Those that live here.</summary>
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
        // A silo that never got in has nothing to say goodbye to, and throws when asked.
        if (_started)
            await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private static ClusterSettings Read(
        string clusterId, int siloPort, IEnumerable<(string Name, string Value)> settings)
    {
        var values = settings.ToDictionary(static s => s.Name, static s => (string?)s.Value);
        values.TryAdd("SLUICE_ROLE", "silo");
        values["SLUICE_CLUSTER"] = clusterId;
        values["SLUICE_SILO_PORT"] = siloPort.ToString(CultureInfo.InvariantCulture);
        values["SLUICE_GATEWAY_PORT"] = "0";
        var from = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        Assert.True(ClusterSettings.TryRead(from, out var read, out var faults), string.Join('\n', faults));
        return read;
    }
}
