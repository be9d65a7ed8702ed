using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Npgsql;
using Sluice.Api.Auth;
using Sluice.Api.DataPlane;
using Sluice.Api.Documents;
using Sluice.Api.Health;
using Sluice.Api.Jobs;
using Sluice.Api.KeyRing;
using Sluice.Api.Lanes;
using Sluice.Api.Mail;
using Sluice.Api.Management;
using Sluice.Api.Pages;
using Sluice.Api.Problems;
using Sluice.Api.Settings;
using Sluice.Storage.Reports;

namespace Sluice.Api.Hosting;

/// <summary>Registers the services of every node, whatever its role.</summary>
public static class NodeServices
{
    /// <summary>The largest body of a request, in bytes; endpoints that accept more say so.</summary>
    private const long MaxBodyBytes = 1024 * 1024;

    /// <summary>The most connections to the store; metering, reports and changes have their own.</summary>
    private const int ConnectionsMax = 16;

    /// <summary>The longest wait for a free connection, in seconds, before the answer is 503.</summary>
    private const int ConnectionWaitSeconds = 5;

    /// <summary>The category in which the server logs every request.</summary>
    private const string RequestLog = "Microsoft.AspNetCore.Hosting.Diagnostics";

    /// <summary>Creates the data source of the store, for everything but metering, reports and changes.</summary>
    public static NpgsqlDataSource CreateDataSource(SluiceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return NpgsqlDataSource.Create(Pooled(options.Postgres));
    }

    /// <summary>Adds REST, jobs, mail and webhooks, as far as the node's role allows them.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">The validated options.</param>
    /// <param name="source">The store, with the schema of this program. The host disposes of it.</param>
    /// <param name="keys">The keys that encrypt the secrets in the store.</param>
    public static IServiceCollection AddNode(
        this IServiceCollection services, SluiceOptions options, NpgsqlDataSource source, KeyFile keys)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.AddSingleton(keys);
        services.AddSingleton(Options.Create(options));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => source);
        services.AddKeyedSingleton(UnitOfWork.Source, (_, _) => ChangeSource.Create(Patient(options.Postgres)));
        services.AddKeyedSingleton(StoreHealthCheck.Source, (_, _) => StoreHealthCheck.CreateSource(options.Postgres));
        services.AddSingleton<ChangePlaces>().AddSingleton<BoundMetrics>();
        services.AddSingleton<StoreHealthCheck>();
        services.AddKeyedSingleton(ReportSource.Key, (_, _) => ReportSource.Create(options.Postgres));
        services.Configure<RateLimiterOptions>(PlaceLimiter.Add);
        services.AddSingleton<ManagementLane>().AddSingleton<BulkLane>();
        services.AddManagement();
        services.AddMail();
        services.AddApiDocument();
        services.AddScoped<InvitationVisit>();
        services.AddHealthChecks().AddCheck<StoreHealthCheck>("store", timeout: HealthRoutes.Patience);
        if (options.TakesRequests)
            services.AddSingleton<DataPlaneHost>().AddJobs(TimeProvider.System);
        services.AddHostedService<PidFileService>();
        services.Configure<KestrelServerOptions>(static kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.RequestHeaderEncodingSelector = ContentLengthDigits.For;
        });
        // It logs addresses with their query, and the query of an invitation's link is its token.
        services.AddLogging(static logging => logging
            .AddFilter(RequestLog, LogLevel.Warning)
            // A wrong token is the caller's affair, and anybody can send one.
            .AddFilter(typeof(BearerHandler).FullName, LogLevel.Warning));
        WarmServer.Wrap(services);
        // The node prints its own line when it is ready; nothing else may.
        services.Configure<ConsoleLifetimeOptions>(static console => console.SuppressStatusMessages = true);
        return services;
    }

    /// <summary>
    /// Limits the pool, because several nodes share a server that accepts a hundred connections by default. A pool size
    /// that the operator has set takes precedence.
    /// </summary>
    private static string Pooled(string connectionString) =>
        connectionString.Contains("pool size", StringComparison.OrdinalIgnoreCase)
        || connectionString.Contains("poolsize", StringComparison.OrdinalIgnoreCase)
            ? Patient(connectionString)
            : new NpgsqlConnectionStringBuilder(Patient(connectionString)) { MaxPoolSize = ConnectionsMax }
                .ConnectionString;

    /// <summary>Bounds the wait for a connection: a caller has more of a clear answer than of a long wait.</summary>
    private static string Patient(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        settings.Timeout = Math.Min(settings.Timeout, ConnectionWaitSeconds);
        return settings.ConnectionString;
    }
}
