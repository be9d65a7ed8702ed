using System.Net.Sockets;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Sluice.Api.Health;

/// <summary>
/// Healthy while the database answers. The check has a connection of its own, and callers at the same time share one
/// question: neither requests that occupy all other connections nor many callers of the check make a node look unready.
/// </summary>
internal sealed class StoreHealthCheck([FromKeyedServices(StoreHealthCheck.Source)] NpgsqlDataSource source)
    : IHealthCheck
{
    /// <summary>The key of the check's data source among the services.</summary>
    public const string Source = "health";

    private readonly Lock _gate = new();
    private Task<HealthCheckResult>? _asked;

    /// <summary>Creates the data source: a single connection, which waits no longer than a check may take.</summary>
    public static NpgsqlDataSource CreateSource(string connectionString)
    {
        var patience = (int)HealthRoutes.Patience.TotalSeconds;
        return NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString)
        {
            MinPoolSize = 0,
            MaxPoolSize = 1,
            Timeout = patience,
            CommandTimeout = patience,
        });
    }

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            // Not cancelled with the caller who happened to be the first; the data source ends it in time.
            if (_asked is not { IsCompleted: false })
                _asked = AskAsync();
            return _asked.WaitAsync(cancellationToken);
        }
    }

    private async Task<HealthCheckResult> AskAsync()
    {
        try
        {
            await using var command = source.CreateCommand("select 1");
            await command.ExecuteScalarAsync();
            return HealthCheckResult.Healthy();
        }
        catch (Exception failure) when (failure is NpgsqlException or SocketException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.");
        }
    }
}
