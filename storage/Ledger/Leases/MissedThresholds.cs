using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Metering.Periods;

namespace Sluice.Storage.Ledger.Leases;

/// <summary>
/// Finds thresholds that usage on disk has reached and that are not marked: their authority ended before it learned of
/// the usage, and no request has started it again.
/// </summary>
public sealed class MissedThresholds(NpgsqlDataSource source)
{
    /// <summary>Maximum scopes per scan.</summary>
    private const int Most = 500;

    private const string Reached =
        """
        with used as (
          select scope_kind, scope_id, metric, period, sum(used) as used
          from (
            select scope_kind, scope_id, metric, period, used + extra as used from usage_account
            where period = 0 or period >= case when period < 1000000 then $1 else $1 * 100 end
            union all
            select scope_kind, scope_id, metric, period, used from settled_usage
            where period = 0 or period >= case when period < 1000000 then $1 else $1 * 100 end
            union all
            select scope_kind, scope_id, metric, period, used from hold_line
            where period = 0 or period >= case when period < 1000000 then $1 else $1 * 100 end) a
          where (scope_kind, scope_id) in (select scope_kind, scope_id from threshold_armed)
          group by scope_kind, scope_id, metric, period)
        select distinct s.scope_kind, s.scope_id
        from threshold_armed s
        join usage_limit l on l.id = s.limit_id
        join used u on u.scope_kind = s.scope_kind and u.scope_id = s.scope_id and u.metric = l.metric
          and l.period = case when u.period = 0 then 2 when u.period < 1000000 then 0 else 1 end
        where s.value > 0 and u.used >= s.value
          and s.value = case when l.boosted_until > $2 and l.boosted_value > l.value then l.boosted_value
            else l.value end
            + coalesce((select q.credits_base from seat q where l.scope_kind = 2 and l.metric = 1 and l.period = 0
              and q.id = l.scope_id and q.credits_base_until > $2), 0)
          and not exists (select from threshold_mark m
            where m.limit_id = s.limit_id and m.value = s.value and m.period = u.period)
        limit $3
        """;

    /// <param name="from">Months before this one, and their days, are skipped; totals never are.</param>
    /// <param name="now">The instant that decides which boosts apply.</param>
    /// <param name="ct">Cancels the query.</param>
    public async Task<IReadOnlyList<ScopeId>> FindAsync(PeriodKey from, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = source.CreateCommand(Reached);
        command.Parameters.AddWithValue(from.Value);
        command.Parameters.AddWithValue(now.UtcDateTime);
        command.Parameters.AddWithValue(Most);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var scopes = new List<ScopeId>();
        while (await reader.ReadAsync(ct))
            scopes.Add(new ScopeId((ScopeKind)reader.GetInt16(0), reader.GetInt64(1)));
        return scopes;
    }
}
