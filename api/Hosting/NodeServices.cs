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
using Sluice.Engine.Control;
using Sluice.Engine.Hosting;

namespace Sluice.Api.Hosting;

/// <summary>Composes a node. Everything is read from the options when it is made, never while composing.</summary>
public static class NodeServices
{
    /// <summary>Largest body of a request, in bytes; endpoints that take more say so.</summary>
    private const long MaxBodyBytes = 1024 * 1024;

    /// <summary>Connections to the store for everything but the ledger.</summary>
    private const int ConnectionsMax = 40;

    /// <summary>Where the store is, password included.</summary>
    public static string ConnectionString(IServiceProvider services) =>
        services.GetRequiredService<IOptions<SluiceOptions>>().Value.Postgres;

    /// <param name="services">The host's services.</param>
    /// <param name="takesRequests">Without, there is no edge that the data plane could stand on.</param>
    internal static IServiceCollection AddNode(this IServiceCollection services, bool takesRequests)
    {
        services.AddSingleton<IConfigureOptions<SluiceOptions>, SluiceOptionsReader>();
        services.AddSingleton<IValidateOptions<SluiceOptions>, SluiceOptionsRules>();
        services.AddOptions<SluiceOptions>().ValidateOnStart();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(static provider => NpgsqlDataSource.Create(Pooled(ConnectionString(provider))));
        services.AddManagement();
        services.AddMail();
        services.AddApiDocument();
        services.AddSingleton<IReadiness, StoreReadiness>();
        if (takesRequests)
            services.AddSingleton<DataPlaneHost>().AddJobs(TimeProvider.System);
        services.AddHostedService<NodeLife>();
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
