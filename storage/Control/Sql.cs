using Dapper;
using Npgsql;

namespace Sluice.Storage.Control;

/// <summary>Dapper's calls with the cancellation that its short forms leave out.</summary>
internal static class Sql
{
    public static async Task<IReadOnlyList<T>> ListAsync<T>(
        this NpgsqlConnection db, string sql, object? values, CancellationToken ct) =>
        (await db.QueryAsync<T>(new CommandDefinition(sql, values, cancellationToken: ct))).AsList();

    /// <summary>A query that may take long.</summary>
    public static async Task<IReadOnlyList<T>> ListSlowlyAsync<T>(
        this NpgsqlConnection db, string sql, object? values, int timeoutSeconds, CancellationToken ct) =>
        (await db.QueryAsync<T>(
            new CommandDefinition(sql, values, commandTimeout: timeoutSeconds, cancellationToken: ct))).AsList();

    /// <summary>The only row, or null.</summary>
    public static Task<T?> FindAsync<T>(this NpgsqlConnection db, string sql, object? values, CancellationToken ct) =>
        db.QuerySingleOrDefaultAsync<T>(new CommandDefinition(sql, values, cancellationToken: ct));

    /// <summary>How many rows were touched.</summary>
    public static Task<int> RunAsync(this NpgsqlConnection db, string sql, object? values, CancellationToken ct) =>
        db.ExecuteAsync(new CommandDefinition(sql, values, cancellationToken: ct));
}
