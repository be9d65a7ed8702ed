using Npgsql;

namespace Sluice.Storage.Migrations;

/// <summary>
/// Brings a database to the schema of this program. Any number of nodes may do so at once: each migration runs in one
/// transaction, which first takes an advisory lock and then checks what has been applied, so a second runner finds the
/// work of the first one done. The lock ends with the transaction; a runner that crashes leaves none behind.
/// </summary>
public static class MigrationRunner
{
    /// <summary>Applies the migrations that are compiled into this assembly.</summary>
    /// <inheritdoc cref="ApplyAsync(NpgsqlDataSource, IReadOnlyList{Migration}, CancellationToken)"/>
    public static Task<MigrationReport> ApplyAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken) =>
        ApplyAsync(dataSource, EmbeddedMigrations.Read(), cancellationToken);

    /// <summary>Applies those of <paramref name="migrations"/> that the database does not have yet.</summary>
    /// <exception cref="MigrationException">
    /// The migrations are misnumbered, an applied one was changed, the database is newer, or a statement failed.
    /// Migrations before the one that failed stay applied.
    /// </exception>
    /// <exception cref="NpgsqlException">The database can't be reached.</exception>
    public static async Task<MigrationReport> ApplyAsync(
        NpgsqlDataSource dataSource, IReadOnlyList<Migration> migrations, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        ArgumentNullException.ThrowIfNull(migrations);
        var plan = MigrationPlan.Of(migrations);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var history = new MigrationHistory(connection);

        var applied = new List<Migration>();
        while (await ApplyNextAsync(history, plan, cancellationToken) is { } migration)
            applied.Add(migration);
        return new MigrationReport(plan.Count, applied);
    }

    /// <summary>Checks that no migration is missing; for a role that may only read which were applied.</summary>
    /// <exception cref="MigrationException">
    /// One is missing, or the role may not even read (<see cref="MigrationProblem.NotOwner"/>); an applied one was
    /// changed, or the database is newer.
    /// </exception>
    internal static async Task CheckAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        IReadOnlyList<AppliedMigration> applied;
        try
        {
            applied = await new MigrationHistory(connection).ReadAsync(cancellationToken);
        }
        catch (PostgresException refused)
            when (refused.SqlState is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.InvalidSchemaName)
        {
            throw new MigrationException(
                MigrationProblem.NotOwner,
                $"The database's owner has not prepared it for the role '{connection.UserName}'.",
                refused);
        }

        if (MigrationPlan.Of(EmbeddedMigrations.Read()).NextAfter(applied) is { } missing)
        {
            throw new MigrationException(
                MigrationProblem.NotOwner,
                $"The database needs migrations from {missing} on, and only the owner of its tables can apply them.");
        }
    }

    /// <summary>Applies the first missing migration; null if none is missing.</summary>
    private static async Task<Migration?> ApplyNextAsync(
        MigrationHistory history, MigrationPlan plan, CancellationToken cancellationToken)
    {
        await using var transaction = await history.BeginAsync(cancellationToken);
        var next = plan.NextAfter(await history.ReadAsync(cancellationToken));
        if (next is null)
        {
            // The first read may have created the history table.
            await transaction.CommitAsync(cancellationToken);
            return null;
        }

        try
        {
            await history.ApplyAsync(next, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (PostgresException failure) when (failure.SqlState != PostgresErrorCodes.QueryCanceled)
        {
            throw new MigrationException(
                MigrationProblem.Failed,
                $"Migration {next} failed and was rolled back: {failure.SqlState} {failure.MessageText}",
                failure);
        }

        return next;
    }
}
