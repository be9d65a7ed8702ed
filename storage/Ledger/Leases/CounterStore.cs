using Npgsql;
using NpgsqlTypes;
using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Control.Members;

namespace Sluice.Storage.Ledger.Leases;

/// <summary>Reads usage of counters from the accounts on disk: at most one checkpoint old.</summary>
public sealed class CounterStore(NpgsqlDataSource dataSource)
{
    /// <summary>The scopes of a tenant, as far as they may be seen, as a table <c>s</c>.</summary>
    private const string Scopes =
        """
        (select 0 as kind, id from tenant where id = $1 and $2
        union all
        select 1, id from project where tenant_id = $1 and deleted_at is null and ($2 or id = any($3))
        union all
        select 2, id from seat where tenant_id = $1 and removed_at is null and ($2 or member_id = $4)
        union all
        select 3, id from api_key
        where tenant_id = $1 and deleted_at is null and ($2 or project_id = any($3) or member_id = $4)) s
        """;

    /// <summary>
    /// Lists the tenant, and its projects, seats and keys that are not deleted, in this order and by their ids.
    /// </summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="visibility">The scopes to list, then without the tenant itself; null for all.</param>
    /// <param name="range">Which of them to list.</param>
    /// <param name="ct">Cancels the query.</param>
    public async Task<IReadOnlyList<ScopeId>> ScopesOfAsync(
        long tenantId, Visibility? visibility, ScopeRange range, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(
            $"""
             select kind, id from {Scopes}
             where (not $5 or (kind, id) in (select scope_kind, scope_id from usage_limit where tenant_id = $1))
               and ($6 < 0 or (kind, id) = ($6, $7)) and (kind, id) > ($8, $9)
             order by 1, 2 limit $10
             """);
        Add(command, tenantId, visibility);
        command.Parameters.AddWithValue(range.OnlyLimited);
        command.Parameters.AddWithValue(range.Only is { } only ? (int)only.Kind : -1);
        command.Parameters.AddWithValue(range.Only?.Value ?? 0);
        command.Parameters.AddWithValue(range.After is { } after ? (int)after.Kind : -1);
        command.Parameters.AddWithValue(range.After?.Value ?? 0);
        command.Parameters.AddWithValue(range.Max);
        return await ReadScopesAsync(command, ct);
    }

    /// <summary>
    /// Lists the scopes with the largest part of a blocking limit used, as the accounts on disk have it. It chooses
    /// whose authorities are asked where those of all would be too many; how much is used they say themselves.
    /// </summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="visibility">The scopes to list, then without the tenant itself; null for all.</param>
    /// <param name="periods">The current period of each kind, in the order of the kinds.</param>
    /// <param name="now">The instant at which boosts count.</param>
    /// <param name="max">How many scopes to list.</param>
    /// <param name="ct">Cancels the query.</param>
    public async Task<IReadOnlyList<ScopeId>> TightestOfAsync(
        long tenantId,
        Visibility? visibility,
        IReadOnlyList<PeriodKey> periods,
        DateTimeOffset now,
        int max,
        CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(
            $"""
             select kind, id from (
               select s.kind, s.id, max(u.used / greatest(
                 case when l.boosted_until > $7 then greatest(l.value, l.boosted_value) else l.value end, 1)) as share
               from {Scopes} join usage_limit l on l.tenant_id = $1 and l.scope_kind = s.kind and l.scope_id = s.id
               cross join lateral (
                 select coalesce((select sum(a.used + a.extra) from usage_account a
                     where a.scope_kind = l.scope_kind and a.scope_id = l.scope_id and a.metric = l.metric
                       and a.period = $5[l.period + 1]), 0)
                   + coalesce((select sum(f.used) from settled_usage f
                     where f.scope_kind = l.scope_kind and f.scope_id = l.scope_id and f.metric = l.metric
                       and f.period = $5[l.period + 1]), 0)
                   + coalesce((select sum(h.used + h.held) from hold_line h
                     where h.scope_kind = l.scope_kind and h.scope_id = l.scope_id and h.metric = l.metric
                       and h.period = $5[l.period + 1]), 0) as used) u
               where l.kind = $6 group by 1, 2 order by 3 desc, 1, 2 limit $8) tightest
             order by 1, 2
             """);
        Add(command, tenantId, visibility);
        command.Parameters.AddWithValue(
            NpgsqlDbType.Array | NpgsqlDbType.Integer, periods.Select(static p => p.Value).ToArray());
        command.Parameters.AddWithValue((short)LimitKind.Blocked);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(max);
        return await ReadScopesAsync(command, ct);
    }

    /// <summary>Reads sums over all sessions, for the given periods.</summary>
    public async Task<IReadOnlyList<StoredCounter>> ReadAsync(
        IReadOnlyCollection<ScopeId> scopes, IReadOnlyCollection<PeriodKey> periods, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(
            """
            select scope_kind, scope_id, metric, period, sum(used)::bigint, sum(held)::bigint from (
              select scope_kind, scope_id, metric, period, used + extra as used, 0 as held from usage_account
              where (scope_kind, scope_id) in (select * from unnest($1::smallint[], $2::bigint[])) and period = any($3)
              union all select scope_kind, scope_id, metric, period, used, 0 from settled_usage
              where (scope_kind, scope_id) in (select * from unnest($1::smallint[], $2::bigint[])) and period = any($3)
              union all select scope_kind, scope_id, metric, period, used, held from hold_line
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
        var sums = new List<StoredCounter>();
        while (await reader.ReadAsync(ct))
        {
            sums.Add(new StoredCounter(
                new ScopeId((ScopeKind)reader.GetInt16(0), reader.GetInt64(1)),
                new CounterId(new MetricId(reader.GetInt16(2)), new PeriodKey(reader.GetInt32(3))),
                reader.GetInt64(4),
                reader.GetInt64(5)));
        }

        return sums;
    }

    private static void Add(NpgsqlCommand command, long tenantId, Visibility? visibility)
    {
        command.Parameters.AddWithValue(tenantId);
        command.Parameters.AddWithValue(visibility is null);
        command.Parameters.AddWithValue(visibility?.ProjectIds.ToArray() ?? []);
        command.Parameters.AddWithValue(visibility?.MemberId ?? 0);
    }

    private static async Task<IReadOnlyList<ScopeId>> ReadScopesAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using var reader = await command.ExecuteReaderAsync(ct);
        var scopes = new List<ScopeId>();
        while (await reader.ReadAsync(ct))
            scopes.Add(new ScopeId((ScopeKind)reader.GetInt32(0), reader.GetInt64(1)));
        return scopes;
    }
}
