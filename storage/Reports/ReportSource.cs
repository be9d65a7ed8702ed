using Npgsql;

namespace Sluice.Storage.Reports;

/// <summary>
/// The connections of reports: few, so that reports wait for each other and nothing else for them, and with a time
/// limit, so that one that reads too much ends.
/// </summary>
public static class ReportSource
{
    /// <summary>The key of the data source among the services.</summary>
    public const string Key = "reports";

    /// <summary>Maximum seconds of one statement.</summary>
    public const int TimeoutSeconds = 20;

    private const int ConnectionsMax = 6;

    /// <summary>Creates the data source.</summary>
    /// <param name="connectionString">The store's.</param>
    public static NpgsqlDataSource Create(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MinPoolSize = 0,
            MaxPoolSize = ConnectionsMax,
            // The server's limit comes first, and ends the statement at the server.
            CommandTimeout = TimeoutSeconds + 10,
        };
        settings.Options = $"{settings.Options} -c statement_timeout={TimeoutSeconds}s".Trim();
        return NpgsqlDataSource.Create(settings);
    }
}
