using Npgsql;
using Sluice.Api.Settings;
using Sluice.Silo.Cluster;
using Sluice.Storage.Ledger;
using Sluice.Storage.Migrations;
using Sluice.Storage.Roles;

namespace Sluice.Silo.Hosting;

/// <summary>Makes the database ready for a node, with the rights that it was given for that.</summary>
internal static class NodeDatabase
{
    /// <summary>
    /// Brings the schema up to date. With <c>SLUICE_POSTGRES_OWNER</c> the owner does so and grants the role of
    /// <c>SLUICE_POSTGRES</c> its rights; without it, that role must own the tables or find them up to date.
    /// </summary>
    /// <exception cref="MigrationException">The schema is not that of this program and can't be made so.</exception>
    /// <exception cref="NodeDatabaseException">The database can't be reached, or refuses a statement.</exception>
    public static async Task<DatabaseState> PrepareAsync(
        SluiceOptions options, NpgsqlDataSource source, CancellationToken ct)
    {
        try
        {
            var report = await MigrateAsync(options, source, ct);
            return new DatabaseState(
                report?.Applied.Count ?? 0,
                await HistoryProtection.HoldsAsync(source, ct),
                await LedgerRetention.ReadAsync(source, ct));
        }
        catch (NpgsqlException failure)
        {
            throw NodeDatabaseException.Of("SLUICE_POSTGRES", failure);
        }
    }

    /// <summary>Logs what protects less, or keeps longer, than the operator may believe.</summary>
    public static void Warn(SluiceOptions options, DatabaseState state, ILogger logger)
    {
        if (!state.IsHistoryProtected)
            SiloLog.HistoryUnprotected(logger);
        if (state.LedgerDays > options.LedgerDays)
            SiloLog.RetentionDiffers(logger, options.LedgerDays, state.LedgerDays);
    }

    private static async Task<MigrationReport?> MigrateAsync(
        SluiceOptions options, NpgsqlDataSource source, CancellationToken ct)
    {
        if (options.PostgresOwner.Length == 0)
            return await DatabaseSetup.ApplyOrCheckAsync(source, options.LedgerDays, ct);
        await using var owner = NpgsqlDataSource.Create(options.PostgresOwner);
        await ConnectAsync(owner, ct);
        return await DatabaseSetup.ApplyAsync(owner, source, options.LedgerDays, ct);
    }

    private static async Task ConnectAsync(NpgsqlDataSource owner, CancellationToken ct)
    {
        try
        {
            await using var connection = await owner.OpenConnectionAsync(ct);
        }
        catch (NpgsqlException failure)
        {
            throw NodeDatabaseException.Of("SLUICE_POSTGRES_OWNER", failure);
        }
    }
}
