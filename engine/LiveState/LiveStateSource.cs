using Npgsql;

namespace Sluice.Engine.LiveState;

/// <summary>
/// The connections of reads of live state: few and their own, so that neither admission nor reports wait for them, nor
/// they for reports.
/// </summary>
internal static class LiveStateSource
{
    /// <summary>The key of the data source among the host's services.</summary>
    public const string Key = "live-state";

    /// <summary>The most connections.</summary>
    private const int ConnectionsMax = 4;

    /// <summary>Maximum seconds of one statement, and of the wait for a connection.</summary>
    private const int TimeoutSeconds = 5;

    /// <summary>Creates the data source.</summary>
    public static NpgsqlDataSource Create(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MinPoolSize = 0,
            MaxPoolSize = ConnectionsMax,
            Timeout = TimeoutSeconds,
            // The server's limit comes first, and ends the statement at the server.
            CommandTimeout = 2 * TimeoutSeconds,
        };
        settings.Options = $"{settings.Options} -c statement_timeout={TimeoutSeconds}s".Trim();
        return NpgsqlDataSource.Create(settings);
    }
}
