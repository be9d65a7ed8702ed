using Npgsql;

namespace Sluice.Engine.Hosting;

/// <summary>The connections of admission's cold path: leases, sessions, keys.</summary>
internal static class MeteringSource
{
    /// <summary>The key of the data source among the host's services.</summary>
    public const string Key = "metering";

    /// <summary>The most connections.</summary>
    private const int ConnectionsMax = 14;

    /// <summary>Creates the data source; a smaller pool that the operator has set takes precedence.</summary>
    public static NpgsqlDataSource Create(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        settings.MaxPoolSize = Math.Min(settings.MaxPoolSize, ConnectionsMax);
        settings.MinPoolSize = Math.Min(settings.MinPoolSize, settings.MaxPoolSize);
        return NpgsqlDataSource.Create(settings);
    }
}
