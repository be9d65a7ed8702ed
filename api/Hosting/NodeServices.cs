using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Npgsql;
using Sluice.Api.DataPlane;
using Sluice.Api.Documents;
using Sluice.Api.Health;
using Sluice.Api.Jobs;
using Sluice.Api.Mail;
using Sluice.Api.Management;
using Sluice.Api.Settings;

namespace Sluice.Api.Hosting;

/// <summary>Composes what every node has, whatever its role.</summary>
public static class NodeServices
{
    /// <summary>Largest body of a request, in bytes; endpoints that take more say so.</summary>
    private const long MaxBodyBytes = 1024 * 1024;

    /// <summary>Connections to the store for everything but the ledger.</summary>
    private const int ConnectionsMax = 40;

    /// <summary>Makes the way to the store for everything but the ledger.</summary>
    public static NpgsqlDataSource CreateDataSource(SluiceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return NpgsqlDataSource.Create(Pooled(options.Postgres));
    }

    /// <summary>Adds REST, jobs, mail and webhooks, on what the role of the node lets it do.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">Valid ones.</param>
    /// <param name="source">The store, with the schema of this program. The host disposes of it.</param>
    public static IServiceCollection AddNode(
        this IServiceCollection services, SluiceOptions options, NpgsqlDataSource source)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.AddSingleton(Options.Create(options));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => source);
        services.AddManagement();
        services.AddMail();
        services.AddApiDocument();
        services.AddHealthChecks().AddCheck<StoreHealthCheck>("store", timeout: HealthRoutes.Patience);
        if (options.TakesRequests)
            services.AddSingleton<DataPlaneHost>().AddJobs(TimeProvider.System);
        services.AddHostedService<PidFileService>();
        services.Configure<KestrelServerOptions>(static kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        });
        WarmServer.Wrap(services);
        // The node's own last line says that it is ready, and nothing else does.
        services.Configure<ConsoleLifetimeOptions>(static console => console.SuppressStatusMessages = true);
        return services;
    }

    /// <summary>
    /// A server takes a hundred connections unless told otherwise, and several nodes share it. Whoever names a size of
    /// the pool gets that.
    /// </summary>
    private static string Pooled(string connectionString) =>
        connectionString.Contains("pool size", StringComparison.OrdinalIgnoreCase)
        || connectionString.Contains("poolsize", StringComparison.OrdinalIgnoreCase)
            ? connectionString
            : new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = ConnectionsMax }.ConnectionString;
}
