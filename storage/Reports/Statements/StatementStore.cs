using System.Data;
using Npgsql;
using Sluice.Metering.Periods;
using Sluice.Storage.Control;
using Sluice.Storage.Outbox.Webhooks;

namespace Sluice.Storage.Reports.Statements;

/// <summary>Closes months and reads closed ones.</summary>
public sealed class StatementStore(NpgsqlDataSource source)
{
    /// <summary>Maximum tenants per scan; the next scan finds the others.</summary>
    private const int DueMax = 500;

    /// <summary>
    /// Number of months before the closed one that are checked for usage that came too late for their statements.
    /// </summary>
    private const int LateMonths = 3;

    /// <summary>How many days before its month usage may be labelled with, and a few more.</summary>
    private const int LabelDaysMax = 40;

    private sealed record OpenMonthRow
    {
        public required bool HasDays { get; init; }

        public required int[] Closed { get; init; }
    }

    /// <summary>The sums of an open month.</summary>
    /// <param name="HasDays">Whether they are added up by days and months.</param>
    /// <param name="Parameters">What the statements that add it up need.</param>
    private sealed record OpenMonth(bool HasDays, object Parameters);

    private const string Select =
        """
        select tenant_id as TenantId, period, tenant_name as TenantName, time_zone as TimeZone, currency,
               starts_at as StartsAt, ends_at as EndsAt, closed_at as ClosedAt
        from statement
        """;

    /// <summary>Lists the time zones of all tenants.</summary>
    public async Task<IReadOnlyList<string>> ListZonesAsync(CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await db.ListAsync<string>("select distinct time_zone from tenant order by 1", null, ct);
    }

    /// <summary>
    /// Resolves thresholds that fired in periods that are over: once each, even if several nodes do it, because the
    /// update of the mark succeeds only once.
    /// </summary>
    /// <param name="zone">The time zone of the tenants to check.</param>
    /// <param name="month">The current month there.</param>
    /// <param name="day">The current day there.</param>
    /// <param name="now">The instant of the resolution.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <returns>The number of thresholds.</returns>
    public async Task<int> ResolveEndedAsync(
        string zone, PeriodKey month, PeriodKey day, DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await db.RunAsync(
            """
            with ended as (
              select m.limit_id, m.value, m.period, t.id as tenant_id
              from threshold_mark m
              join tenant t on t.id = tenant_of(m.scope_kind, m.scope_id) and t.time_zone = @zone
              where m.mark = 2 and (m.period between 1 and @Month - 1 or m.period between 1000000 and @Day - 1)),
            resolved as (
              update threshold_mark m set mark = 3, at = @now
              from ended e
              where m.limit_id = e.limit_id and m.value = e.value and m.period = e.period and m.mark = 2
              returning m.*, e.tenant_id)
            insert into transition (tenant_id, kind, limit_id, limit_kind, source, value, scope_kind, scope_id, metric,
              period, used, refused, at, recipients)
            select tenant_id, 2, limit_id, limit_kind, source, value, scope_kind, scope_id, metric, period, used, 0, at,
              coalesce((select t.recipients from transition t where t.limit_id = r.limit_id and t.value = r.value
                and t.period = r.period and t.kind < 2), '{}')
            from resolved r
            on conflict do nothing
            """,
            new { zone, Month = month.Value, Day = day.Value, now },
            ct);
    }

    /// <summary>Lists tenants of a zone that lack the statement of a month that is over there.</summary>
    /// <param name="zone">The zone.</param>
    /// <param name="last">The zone's last month.</param>
    /// <param name="ct">Cancels the query.</param>
    public async Task<IReadOnlyList<StatementDue>> ListDueAsync(string zone, PeriodBounds last, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await db.ListAsync<StatementDue>(
            """
            select t.id as TenantId, t.name, t.time_zone as TimeZone, t.currency, t.created_at as CreatedAt,
                   (select max(s.period) from statement s where s.tenant_id = t.id) as LastPeriod
            from tenant t
            where t.time_zone = @zone and t.created_at < @End
              and not exists (select from statement s where s.tenant_id = t.id and s.period >= @Period)
              -- One that was deleted gets its last statement for the month that it was deleted in.
              and (t.state <> 2 or t.changed_at >= coalesce(
                (select max(s.ends_at) from statement s where s.tenant_id = t.id), t.created_at))
            order by t.id limit @DueMax
            """,
            new { zone, Period = last.Key.Value, End = At(last.EndMs), DueMax },
            ct);
    }

    /// <summary>Reads the last ledger batch of every session whose usage may not be fully added up yet.</summary>
    public async Task<IReadOnlyDictionary<long, long>> ReadBatchesAsync(CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        var rows = await db.ListAsync<(long Id, long Batch)>(
            "select id, batch from edge_session where settled_at is null", null, ct);
        return rows.ToDictionary(static row => row.Id, static row => row.Batch);
    }

    /// <summary>Checks whether usage sums include everything the ledger held when the batches were read.</summary>
    public async Task<bool> AreAddedUpAsync(IReadOnlyDictionary<long, long> batches, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await db.FindAsync<bool>(
            """
            select not exists (
              select from unnest(@Ids, @Batches) as b(id, batch)
              join edge_session e on e.id = b.id and e.settled_at is null and e.checkpoint < b.batch)
            """,
            new { Ids = batches.Keys.ToArray(), Batches = batches.Values.ToArray() },
            ct);
    }

    /// <summary>
    /// Writes the statement of a month from the current usage sums. Returns false if it already exists.
    /// </summary>
    /// <param name="due">The tenant.</param>
    /// <param name="month">The month.</param>
    /// <param name="now">When it is closed.</param>
    /// <param name="ct">Cancels the operation; then nothing is written.</param>
    public async Task<bool> CloseAsync(StatementDue due, PeriodBounds month, DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        await using var transaction = await db.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        if (!await TryAddAsync(db, due, month, now, ct))
            return false;
        var of = await ReadOpenAsync(db, due.TenantId, month.Key, ct);
        await db.RunAsync(StatementSql.WriteLines, of.Parameters, ct);
        await db.RunAsync(StatementSql.WriteTotals, of.Parameters, ct);
        var statement = new Statement
        {
            TenantId = due.TenantId,
            Period = month.Key.Value,
            TenantName = due.Name,
            TimeZone = due.TimeZone,
            Currency = due.Currency,
            StartsAt = At(month.StartMs),
            EndsAt = At(month.EndMs),
            ClosedAt = now,
        };
        await WebhookChannel.QueueAsync(
            db,
            [
                new(
                    due.TenantId,
                    WebhookEvents.StatementClosed,
                    $"msg_statement_{due.TenantId}_{statement.Period}",
                    null,
                    StatementBody.Of(statement)),
            ],
            now,
            ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>Lists the statements of a tenant, newest first.</summary>
    public async Task<IReadOnlyList<Statement>> ListAsync(long tenantId, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await db.ListAsync<Statement>(
            $"{Select} where tenant_id = @tenantId order by period desc", new { tenantId }, ct);
    }

    /// <summary>Lists the totals of each metric on the statements of a tenant.</summary>
    public async Task<IReadOnlyList<StatementTotal>> ListTotalsAsync(long tenantId, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await db.ListAsync<StatementTotal>(
            """
            select period, metric, sum(value)::bigint as Value, sum(unpriced)::bigint as Unpriced
            from statement_total where tenant_id = @tenantId
            group by period, metric order by period, metric
            """,
            new { tenantId },
            ct);
    }

    public async Task<Statement?> FindAsync(long tenantId, PeriodKey month, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await db.FindAsync<Statement>(
            $"{Select} where tenant_id = @tenantId and period = @Value", new { tenantId, month.Value }, ct);
    }

    public async Task<IReadOnlyList<StatementLine>> ListLinesAsync(
        long tenantId, PeriodKey month, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await db.ListAsync<StatementLine>(
            $"""
            select period, usage_period as UsagePeriod, holder_kind as HolderKind, holder_id as HolderId,
                   holder_name as HolderName, key_id as KeyId, key_name as KeyName, member, model, metric, value,
                   unpriced
            from statement_line where tenant_id = @tenantId and period = @Value
            {StatementSql.Order}
            """,
            new { tenantId, month.Value },
            ct);
    }

    /// <summary>Adds up by metric what a month that is still open would have if it were closed now.</summary>
    public async Task<IReadOnlyList<StatementTotal>> SumOpenAsync(
        long tenantId, PeriodKey month, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        var of = await ReadOpenAsync(db, tenantId, month, ct);
        return await db.ListAsync<StatementTotal>(StatementSql.OpenTotals(of.HasDays), of.Parameters, ct);
    }

    /// <summary>
    /// Adds up what a month that is still open would have if it were closed now, or what a closed month has.
    /// </summary>
    public async Task<IReadOnlyList<StatementPart>> ListPartsAsync(Statement statement, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        if (statement.ClosedAt is not null)
            return await db.ListAsync<StatementPart>(
                StatementSql.ClosedParts, new { statement.TenantId, statement.Period }, ct);
        var of = await ReadOpenAsync(db, statement.TenantId, new(statement.Period), ct);
        return await db.ListAsync<StatementPart>(StatementSql.OpenParts(of.HasDays), of.Parameters, ct);
    }

    /// <summary>Lists the lines that a month which is still open would have if it were closed now.</summary>
    public async Task<IReadOnlyList<StatementLine>> ListOpenLinesAsync(
        long tenantId, PeriodKey month, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        var of = await ReadOpenAsync(db, tenantId, month, ct);
        return await db.ListAsync<StatementLine>(StatementSql.OpenLines(of.HasDays), of.Parameters, ct);
    }

    /// <summary>Finds out what an open month consists of.</summary>
    private static async Task<OpenMonth> ReadOpenAsync(
        NpgsqlConnection db, long tenantId, PeriodKey month, CancellationToken ct)
    {
        // Usage may be labelled with a day some weeks before its month.
        var from = month.MonthsBefore(LateMonths).Value;
        var day = new DateOnly(from / 100, from % 100, 1).AddDays(-LabelDaysMax);
        var found = await db.FindAsync<OpenMonthRow>(
            StatementSql.MonthsOfOpen, new { TenantId = tenantId, Period = month.Value, From = from, day }, ct);
        int[] months = [.. found?.Closed ?? [], month.Value];
        return new(
            found?.HasDays ?? false,
            new { TenantId = tenantId, Period = month.Value, From = from, First = months.Min(), Months = months });
    }

    /// <summary>Adds a statement; returns false if it exists, or another node has just written it.</summary>
    private static async Task<bool> TryAddAsync(
        NpgsqlConnection db, StatementDue due, PeriodBounds month, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            return await db.RunAsync(
                """
                insert into statement
                  (tenant_id, period, tenant_name, time_zone, currency, starts_at, ends_at, closed_at)
                values (@TenantId, @Period, @Name, @TimeZone, @Currency, @Start, @End, @now)
                on conflict do nothing
                """,
                new
                {
                    due.TenantId,
                    Period = month.Key.Value,
                    due.Name,
                    due.TimeZone,
                    due.Currency,
                    Start = At(month.StartMs),
                    End = At(month.EndMs),
                    now,
                },
                ct) == 1;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.SerializationFailure)
        {
            // The other row was committed after our snapshot: a repeatable read may not skip it.
            return false;
        }
    }

    private static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}
