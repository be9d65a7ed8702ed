using Npgsql;
using Sluice.Storage.Ledger;
using Sluice.Storage.Roles;

namespace Sluice.Storage.Migrations;

/// <summary>
/// Makes a database ready for nodes: its schema, the rights of the role that nodes connect as, and how long it keeps
/// events. All of it is the owner's to do; nodes connect as another role, which can't rewrite history.
/// </summary>
public static class DatabaseSetup
{
    /// <summary>
    /// Applies the migrations, sets the retention and grants the service's role its rights. Idempotent.
    /// </summary>
    /// <param name="owner">Connects as the role that owns the tables.</param>
    /// <param name="service">
    /// Connects as the role of the nodes. If it is the owner's, nothing is granted and history is not protected.
    /// </param>
    /// <param name="ledgerDays">For how many days events are kept, at least.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <exception cref="MigrationException">See <see cref="MigrationRunner"/>.</exception>
    /// <exception cref="NpgsqlException">The database can't be reached, or refuses a statement.</exception>
    public static async Task<MigrationReport> ApplyAsync(
        NpgsqlDataSource owner, NpgsqlDataSource service, int ledgerDays, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(service);
        var report = await MigrationRunner.ApplyAsync(owner, ct);
        var role = await ServiceRole.NameAsync(service, ct);
        await using var connection = await owner.OpenConnectionAsync(ct);
        // Two grants on one table at once would make one of them fail.
        await using var transaction = await new MigrationHistory(connection).BeginAsync(ct);
        await LedgerRetention.SetAsync(connection, ledgerDays, ct);
        if (role != await ServiceRole.NameAsync(owner, ct))
            await ServiceRole.GrantAsync(connection, role, ct);
        await transaction.CommitAsync(ct);
        return report;
    }

    /// <summary>
    /// Does what can be done without the owner's connection: everything if the role owns the tables or may create them,
    /// otherwise nothing, and then the schema must be up to date.
    /// </summary>
    /// <param name="service">Connects as the role of the nodes.</param>
    /// <param name="ledgerDays">For how many days events are kept, at least.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <returns>The result of the migrations; null if there was nothing that this role may do.</returns>
    /// <exception cref="MigrationException">
    /// <see cref="MigrationProblem.NotOwner"/>: the owner has to migrate or to grant rights first.
    /// </exception>
    /// <exception cref="NpgsqlException">The database can't be reached, or refuses a statement.</exception>
    public static async Task<MigrationReport?> ApplyOrCheckAsync(
        NpgsqlDataSource service, int ledgerDays, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(service);
        if (await MayMigrateAsync(service, ct))
            return await ApplyAsync(service, service, ledgerDays, ct);
        await MigrationRunner.CheckAsync(service, ct);
        return null;
    }

    private static async Task<bool> MayMigrateAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        await using var command = source.CreateCommand(
            """
            select coalesce(
              (select pg_has_role(relowner, 'usage') from pg_class where oid = to_regclass('schema_migration')),
              has_schema_privilege(current_schema(), 'create'),
              false)
            """);
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }
}
