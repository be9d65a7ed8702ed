using Npgsql;

namespace Sluice.Storage.Roles;

/// <summary>The role that nodes connect as, apart from the owner of the tables.</summary>
internal static class ServiceRole
{
    /// <summary>Reads the role of a data source's connections.</summary>
    public static async Task<string> NameAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        await using var command = source.CreateCommand("select current_user::text");
        return (string)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>
    /// Gives a role the rights of <see cref="ServiceGrants"/> and takes all others on these tables. May run any number
    /// of times. Requires the owner's connection, inside a transaction.
    /// </summary>
    public static async Task GrantAsync(NpgsqlConnection owner, string role, CancellationToken ct)
    {
        var grantee = $"\"{role.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        await using var batch = new NpgsqlBatch(owner);
        foreach (var statement in await StatementsAsync(owner, role, ct))
            batch.BatchCommands.Add(new NpgsqlBatchCommand($"{statement} {grantee}"));
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Returns the statements, each but for the role at its end.</summary>
    private static async Task<IReadOnlyList<string>> StatementsAsync(
        NpgsqlConnection owner, string role, CancellationToken ct)
    {
        var (schema, isUsable) = await SchemaAsync(owner, role, ct);
        var partitions = await PartitionsAsync(owner, ct);
        // Only on tables of the program: those of others in the same schema are not the owner's to revoke.
        var tables = ServiceGrants.Tables.Select(static grant => grant.Table)
            .Concat(partitions.Select(static partition => partition.Name));
        var statements = new List<string> { $"revoke all on {string.Join(", ", tables)} from" };
        // Everybody may use `public` by default, and it often belongs to another role.
        if (!isUsable)
            statements.Add($"grant usage on schema {schema} to");
        foreach (var (table, privileges) in ServiceGrants.Tables)
            statements.Add($"grant {privileges} on {table} to");
        var rights = ServiceGrants.Tables.ToDictionary(static grant => grant.Table, static grant => grant.Privileges);
        foreach (var (name, parent) in partitions)
            statements.Add($"grant {rights[parent]} on {name} to");
        foreach (var function in ServiceGrants.Functions)
            statements.Add($"grant execute on function {function} to");
        return statements;
    }

    private static async Task<(string Name, bool IsUsable)> SchemaAsync(
        NpgsqlConnection owner, string role, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "select quote_ident(current_schema()), has_schema_privilege($1, current_schema(), 'usage')", owner);
        command.Parameters.AddWithValue(role);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.GetString(0), reader.GetBoolean(1));
    }

    private static async Task<IReadOnlyList<(string Name, string Parent)>> PartitionsAsync(
        NpgsqlConnection owner, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            select inhrelid::regclass::text, inhparent::regclass::text from pg_inherits
            where inhparent = any('{ledger, ledger_block, event_id}'::regclass[])
            """,
            owner);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var partitions = new List<(string Name, string Parent)>();
        while (await reader.ReadAsync(ct))
            partitions.Add((reader.GetString(0), reader.GetString(1)));
        return partitions;
    }
}
