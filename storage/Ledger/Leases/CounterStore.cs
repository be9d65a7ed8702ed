using Npgsql;
using NpgsqlTypes;
using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Control.Members;

namespace Sluice.Storage.Ledger.Leases;

/// <summary>Reads usage of counters from the accounts on disk: at most one checkpoint old.</summary>
public sealed class CounterStore(NpgsqlDataSource dataSource)
{
    /// <summary>Lists the tenant, and all its projects, seats and keys that are not deleted.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="visibility">The scopes to list, then without the tenant itself; null for all.</param>
    /// <param name="onlyLimited">Whether only those are listed that have a limit or a warning of their own.</param>
    /// <param name="ct">Cancels the query.</param>
    public async Task<IReadOnlyList<ScopeId>> ScopesOfAsync(
        long tenantId, Visibility? visibility, bool onlyLimited, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(
            """
            select kind, id from (
            select 0 as kind, id from tenant where id = $1 and $2
            union all
            select 1, id from project where tenant_id = $1 and deleted_at is null and ($2 or id = any($3))
            union all
            select 2, id from seat where tenant_id = $1 and removed_at is null and ($2 or member_id = $4)
            union all
            select 3, id from api_key
            where tenant_id = $1 and deleted_at is null and ($2 or project_id = any($3) or member_id = $4)) s
            where not $5 or (kind, id) in (select scope_kind, scope_id from usage_limit where tenant_id = $1)
            order by 1, 2
            """);
        command.Parameters.AddWithValue(tenantId);
        command.Parameters.AddWithValue(visibility is null);
        command.Parameters.AddWithValue(visibility?.ProjectIds.ToArray() ?? []);
        command.Parameters.AddWithValue(visibility?.MemberId ?? 0);
        command.Parameters.AddWithValue(onlyLimited);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var scopes = new List<ScopeId>();
        while (await reader.ReadAsync(ct))
            scopes.Add(new ScopeId((ScopeKind)reader.GetInt32(0), reader.GetInt64(1)));
        return scopes;
    }

    /// <summary>Reads sums over all sessions, for the given periods.</summary>
    public async Task<IReadOnlyList<(ScopeId Scope, CounterId Counter, long UsedUnits)>> ReadAsync(
        IReadOnlyCollection<ScopeId> scopes, IReadOnlyCollection<PeriodKey> periods, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(
            """
            select scope_kind, scope_id, metric, period, sum(used)::bigint from (
              select scope_kind, scope_id, metric, period, used + extra as used from usage_account
              where (scope_kind, scope_id) in (select * from unnest($1::smallint[], $2::bigint[])) and period = any($3)
              union all select scope_kind, scope_id, metric, period, used from settled_usage
              where (scope_kind, scope_id) in (select * from unnest($1::smallint[], $2::bigint[])) and period = any($3)
            ) u group by 1, 2, 3, 4 order by 1, 2, 3, 4
            """);
        command.Parameters.AddWithValue(
            NpgsqlDbType.Array | NpgsqlDbType.Smallint, scopes.Select(s => (short)s.Kind).ToArray());
        command.Parameters.AddWithValue(
            NpgsqlDbType.Array | NpgsqlDbType.Bigint, scopes.Select(s => s.Value).ToArray());
        command.Parameters.AddWithValue(
            NpgsqlDbType.Array | NpgsqlDbType.Integer, periods.Select(p => p.Value).ToArray());
        await using var reader = await command.ExecuteReaderAsync(ct);
        var sums = new List<(ScopeId, CounterId, long)>();
        while (await reader.ReadAsync(ct))
        {
            sums.Add((
                new ScopeId((ScopeKind)reader.GetInt16(0), reader.GetInt64(1)),
                new CounterId(new MetricId(reader.GetInt16(2)), new PeriodKey(reader.GetInt32(3))),
                reader.GetInt64(4)));
        }

        return sums;
    }
}
