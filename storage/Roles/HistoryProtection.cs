using Npgsql;

namespace Sluice.Storage.Roles;

/// <summary>Tells whether the database keeps its history from the role that nodes connect as.</summary>
public static class HistoryProtection
{
    /// <summary>
    /// Checks whether a role can neither change, delete nor drop what is only added to, such as events, audit entries
    /// and statements: it does not own their tables, is not a member of the role that does, and has no such privilege
    /// on them.
    /// </summary>
    /// <param name="service">A data source with the role to check, on a database with the program's schema.</param>
    /// <param name="ct">Cancels the query.</param>
    public static async Task<bool> HoldsAsync(NpgsqlDataSource service, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(service);
        await using var command = service.CreateCommand(
            """
            select not exists (
              select from pg_class
              where oid = any($1::regclass[])
                and (pg_has_role(relowner, 'member') or has_table_privilege(oid, 'update, delete, truncate, trigger')))
            """);
        command.Parameters.AddWithValue(ServiceGrants.Kept.ToArray());
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }
}
