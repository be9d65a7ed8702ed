using Npgsql;
using Sluice.Storage.Ledger;
using Sluice.Storage.Ledger.Entries;
using Xunit;

namespace Sluice.Storage.Roles;

/// <summary>What the service's role tries against history, and what the database says to it.</summary>
public sealed class ServiceRoleTests(MeteringDatabase database) : IClassFixture<MeteringDatabase>
{
    private static readonly string Present = $"ledger_block_{LedgerDay.Of(MeteringDatabase.NowMs):yyyyMMdd}";
    private static readonly string Run = $"event_id_r{LedgerGeneration.At(MeteringDatabase.NowMs).Number}";

    /// <summary>All tables to which rows are only added, and price books, which are only withdrawn.</summary>
    private static readonly string[] History = [.. ServiceGrants.Kept, Present, Run, "price_book"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> OnHistory =>
    [
        .. from history in History
           from attempt in (string[])
           [
               "update {0} set {1} = null",
               "update only {0} set {1} = default where false",
               "delete from {0}",
               "delete from {0} where false",
               "truncate {0} cascade",
               "drop table {0} cascade",
               "alter table {0} disable trigger all",
               "alter table {0} drop column {1}",
               "alter table {0} rename to elsewhere",
               "alter table {0} owner to current_user",
               "alter table {0} set (autovacuum_enabled = off)",
               "alter table {0} disable row level security",
               "create trigger forge before insert on {0} for each row execute function wake_outbox()",
               "create rule forge as on insert to {0} do instead nothing",
               "create index on {0} ({1})",
               // Granting what one can't grant is only a warning.
               "grant all on {0} to current_user; truncate {0}",
               "do $$ begin lock table {0} in access exclusive mode; end $$",
               "select from {0} for update",
               "select from {0} for key share",
               "merge into {0} using (select 1) as one on false when matched then delete",
           ]
           // That a book is withdrawn is written into it, so its row may be locked.
           where history != "price_book" || !attempt.StartsWith("select", StringComparison.Ordinal)
           select attempt.Replace("{0}", history, StringComparison.Ordinal),
    ];

    public static TheoryData<string> OnTheRest =>
    [
        "set role sluice",
        "set session authorization sluice",
        "grant sluice to sluice_service",
        "reassign owned by sluice to sluice_service",
        "drop owned by sluice",
        "alter role sluice_service superuser",
        "alter role sluice password 'mine'",
        "set session_replication_role = replica",
        "create table forged (id bigint)",
        "create temporary table audit_log (id bigint)",
        "create schema forged",
        "drop schema public cascade",
        "create extension dblink",
        "create or replace function audit_log_is_append_only() returns trigger language sql as ''",
        "create or replace function create_ledger_day(of_day date) returns void language sql as ''",
        "alter function drop_ledger_day(date) security invoker",
        "drop function statement_stays() cascade",
        "drop trigger audit_log_append_only on audit_log",
        $"alter table ledger_block detach partition {Present}",
        $"alter table ledger_block attach partition {Present} for values in ('2020-01-01')",
        "update ledger_retention set days = 64",
        "insert into ledger_retention values (false, 64)",
        "delete from schema_migration",
        "update orleansquery set querytext = 'delete from audit_log'",
        "copy audit_log from program 'true'",
        "copy audit_log to '/tmp/audit'",
        "alter system set fsync = off",
        "update price_book set currency = 'XXX'",
        "insert into statement (tenant_id, period, tenant_name, time_zone, currency, starts_at, ends_at, closed_at) "
            + "values (1, 1, '', '', '', now(), now(), now()) on conflict (tenant_id, period) "
            + "do update set tenant_name = 'forged'",
    ];

    [Theory]
    [MemberData(nameof(OnHistory))]
    [MemberData(nameof(OnTheRest))]
    public async Task AStatementAgainstHistory_IsRefused(string sql)
    {
        if (sql.Contains("{1}", StringComparison.Ordinal))
            sql = sql.Replace("{1}", await ColumnOfAsync(sql), StringComparison.Ordinal);
        await using var command = database.Source.CreateCommand(sql);

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancellation));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }

    [Fact]
    public async Task TheRole_OwnsNothing_AndBelongsToNoOther()
    {
        Assert.Equal(0, await database.ScalarAsync<long>(
            """
            select (select count(*) from pg_class where relowner = current_user::regrole)
              + (select count(*) from pg_proc where proowner = current_user::regrole)
              + (select count(*) from pg_namespace where nspowner = current_user::regrole)
              + (select count(*) from pg_database where datdba = current_user::regrole)
              + (select count(*) from pg_auth_members where member = current_user::regrole)
            """));
        Assert.True(await HistoryProtection.HoldsAsync(database.Source, Cancellation));
        Assert.False(await HistoryProtection.HoldsAsync(database.Owner, Cancellation));
    }

    [Theory]
    [InlineData("delete on statement_line")]
    [InlineData("trigger on ledger_block")]
    [InlineData("update on statement_total")]
    [InlineData("delete on price")]
    public async Task ARoleWithOneRightTooMany_IsNoProtection(string right)
    {
        await database.ExecuteAsync($"grant {right} to sluice_service");

        Assert.False(await HistoryProtection.HoldsAsync(database.Source, Cancellation));

        await database.ExecuteAsync($"revoke {right} from sluice_service");
    }

    /// <summary>A function with the owner's rights finds its own tables, wherever its caller makes others.</summary>
    [Fact]
    public async Task FunctionsWithTheOwnersRights_HaveAPathOfTheirOwn_AndAreNotForEverybody()
    {
        var functions = await database.RowsAsync(
            """
            select proname, array_to_string(proconfig, ' '), has_function_privilege('public', oid, 'execute')
            from pg_proc where prosecdef order by 1
            """);

        Assert.Equal(
            [
                "create_event_ids|search_path=public, pg_temp|False",
                "create_ledger_day|search_path=public, pg_temp|False",
                "drop_event_ids|search_path=public, pg_temp|False",
                "drop_ledger_day|search_path=public, pg_temp|False",
                "drop_ledger_generation|search_path=public, pg_temp|False",
            ],
            functions);
    }

    [Fact]
    public async Task AnotherNodesConnection_IsEnded_WhereItStandsInTheWayOfAFence()
    {
        await using var sleeper = database.Named("sleeper");
        await using var connection = await sleeper.OpenConnectionAsync(Cancellation);

        Assert.True(await database.ScalarAsync<bool>($"select pg_terminate_backend({connection.ProcessID})"));
    }

    /// <summary>Returns a column, which the service must not change, of the table in a statement.</summary>
    private Task<string> ColumnOfAsync(string sql) => database.ScalarAsync<string>(
        $"""
         select attname from pg_attribute
         where attrelid = '{History.First(table => sql.Split(' ', '(').Contains(table))}'::regclass and attnum > 0
           and not attisdropped and attidentity = '' and attgenerated = ''
           and not has_column_privilege('sluice_service', attrelid, attnum, 'update')
         order by attnum desc limit 1
         """)!;
}
