using Npgsql;

namespace Sluice.Api.Actions;

/// <summary>
/// The connections of changes. They are no others' because a change reads more while its transaction is open: if both
/// came from one pool, as many changes as it has connections would wait for each other.
/// </summary>
internal static class ChangeSource
{
    /// <summary>The most connections.</summary>
    public const int ConnectionsMax = 10;

    /// <summary>Creates the data source; a smaller pool that the operator has set takes precedence.</summary>
    public static NpgsqlDataSource Create(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        settings.MaxPoolSize = Math.Min(settings.MaxPoolSize, ConnectionsMax);
        settings.MinPoolSize = Math.Min(settings.MinPoolSize, settings.MaxPoolSize);
        return NpgsqlDataSource.Create(settings);
    }
}
