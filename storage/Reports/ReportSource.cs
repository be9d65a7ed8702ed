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

    /// <summary>Maximum seconds of one statement, unless said otherwise.</summary>
    public const int DefaultTimeoutSeconds = 20;

    private const int ConnectionsMax = 6;

    /// <summary>
    /// Reports read long stretches of indexes, which lie together, and sort what they read: few connections can have
    /// the memory for it.
    /// </summary>
    private const string Planning = "-c random_page_cost=1.1 -c work_mem=32MB";

    /// <summary>Creates the data source.</summary>
    /// <param name="connectionString">The store's.</param>
    /// <param name="timeoutSeconds">Maximum seconds of one statement.</param>
    public static NpgsqlDataSource Create(string connectionString, int timeoutSeconds = DefaultTimeoutSeconds)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MinPoolSize = 0,
            MaxPoolSize = ConnectionsMax,
            // The server's limit comes first, and ends the statement at the server.
            CommandTimeout = timeoutSeconds + 10,
        };
        settings.Options = $"{settings.Options} -c statement_timeout={timeoutSeconds}s {Planning}".Trim();
        return NpgsqlDataSource.Create(settings);
    }
}
