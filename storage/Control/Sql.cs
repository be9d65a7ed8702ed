using Dapper;
using Npgsql;

namespace Sluice.Storage.Control;

/// <summary>Wraps Dapper's calls with the cancellation token that its short forms lack.</summary>
internal static class Sql
{
    public static async Task<IReadOnlyList<T>> ListAsync<T>(
        this NpgsqlConnection db, string sql, object? values, CancellationToken ct) =>
        (await db.QueryAsync<T>(new CommandDefinition(sql, values, cancellationToken: ct))).AsList();

    /// <summary>Runs a query that may take long.</summary>
    public static async Task<IReadOnlyList<T>> ListSlowlyAsync<T>(
        this NpgsqlConnection db, string sql, object? values, int timeoutSeconds, CancellationToken ct) =>
        (await db.QueryAsync<T>(
            new CommandDefinition(sql, values, commandTimeout: timeoutSeconds, cancellationToken: ct))).AsList();

    /// <summary>Reads the only row, or null.</summary>
    public static Task<T?> FindAsync<T>(this NpgsqlConnection db, string sql, object? values, CancellationToken ct) =>
        db.QuerySingleOrDefaultAsync<T>(new CommandDefinition(sql, values, cancellationToken: ct));

    /// <summary>Runs a statement and returns the number of affected rows.</summary>
    public static Task<int> RunAsync(this NpgsqlConnection db, string sql, object? values, CancellationToken ct) =>
        db.ExecuteAsync(new CommandDefinition(sql, values, cancellationToken: ct));
}
