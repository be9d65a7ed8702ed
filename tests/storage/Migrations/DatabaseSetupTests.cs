using Npgsql;
using Sluice.Storage.Ledger;
using Sluice.Storage.Roles;
using Sluice.TestSupport.Postgres;
using Xunit;

namespace Sluice.Storage.Migrations;

/// <summary>The owner prepares a database, the service uses it; or one role is both.</summary>
public sealed class DatabaseSetupTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const int LedgerDays = 100;

    private NpgsqlDataSource _owner = null!, _service = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var database = await postgres.CreateDatabaseAsync();
        _owner = NpgsqlDataSource.Create(database);
        _service = NpgsqlDataSource.Create(PostgresCluster.AsService(database));
    }

    public async ValueTask DisposeAsync()
    {
        await _owner.DisposeAsync();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task TheOwnerPrepares_AndTheServiceStartsWithoutIt_AnyNumberOfTimes()
    {
        for (var run = 0; run < 2; run++)
        {
            await ApplyAsync();
            await DatabaseSetup.ApplyOrCheckAsync(_service, LedgerDays, Cancellation);
        }

        Assert.True(await HistoryProtection.HoldsAsync(_service, Cancellation));
        Assert.Equal(LedgerDays, await LedgerRetention.ReadAsync(_service, Cancellation));
    }

    [Fact]
    public async Task ARoleThatOwnsItsTables_PreparesThemItself_AndIsNotProtectedFrom()
    {
        await DatabaseSetup.ApplyOrCheckAsync(_owner, LedgerDays, Cancellation);
        await DatabaseSetup.ApplyOrCheckAsync(_owner, LedgerDays, Cancellation);

        Assert.False(await HistoryProtection.HoldsAsync(_owner, Cancellation));
        Assert.Equal(LedgerDays, await LedgerRetention.ReadAsync(_owner, Cancellation));
        await new LedgerPartitions(_owner).EnsureAsync(MeteringDatabase.NowMs, Cancellation);
    }

    [Fact]
    public async Task ManyNodesAtOnce_PrepareOneDatabase()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(ApplyAsync)));

        await DatabaseSetup.ApplyOrCheckAsync(_service, LedgerDays, Cancellation);
    }

    [Fact]
    public async Task AnEmptyDatabase_NeedsTheOwner() =>
        Assert.Contains("'sluice_service'", await RefusalAsync(), StringComparison.Ordinal);

    [Fact]
    public async Task AMissingMigration_NeedsTheOwner_AndIsNamed()
    {
        await ApplyAsync();
        var last = EmbeddedMigrations.Read().MaxBy(static migration => migration.Number)!;
        await ExecuteAsync(_owner, $"delete from schema_migration where number = {last.Number}");

        Assert.Contains(last.FileName, await RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADatabaseThatWasMigratedForAnotherRole_NeedsTheOwner()
    {
        await MigrationRunner.ApplyAsync(_owner, Cancellation);

        Assert.Contains("'sluice_service'", await RefusalAsync(), StringComparison.Ordinal);
    }

    /// <summary>Rights that somebody gave, or an earlier version needed, are gone after the next preparation.</summary>
    [Fact]
    public async Task ARightThatIsNotListed_IsTaken()
    {
        await ApplyAsync();
        await ExecuteAsync(
            _owner, "grant delete on audit_log to sluice_service; grant update (actor) on audit_log to sluice_service");

        await ApplyAsync();

        await IsRefusedAsync("delete from audit_log");
        await IsRefusedAsync("update audit_log set actor = ''");
    }

    [Fact]
    public async Task ATableOfSomebodyElse_InTheSameSchema_IsLeftAlone()
    {
        var database = new NpgsqlConnectionStringBuilder(_owner.ConnectionString).Database!;
        await using var superuser = NpgsqlDataSource.Create(
            $"{(await postgres.Cluster).SuperuserConnectionString(database)};Pooling=false");
        await ExecuteAsync(superuser, "create table public.elsewhere (id bigint)");

        await ApplyAsync();

        await DatabaseSetup.ApplyOrCheckAsync(_service, LedgerDays, Cancellation);
    }

    /// <summary>A database from before there were two roles belongs to the one that becomes the owner.</summary>
    [Fact]
    public async Task ADatabaseOfOneRole_GoesOnWithTwo_WithItsRowsAndPartitions()
    {
        await MigrationRunner.ApplyAsync(
            _owner, [.. EmbeddedMigrations.Read().TakeWhile(static m => m.Name != "roles")], Cancellation);
        await ExecuteAsync(
            _owner,
            """
            create table ledger_g700 (like ledger including defaults including constraints);
            create unique index ledger_g700_id on ledger_g700 (id);
            create index ledger_g700_tail on ledger_g700 using brin (session_id, batch) with (autosummarize = on);
            alter table ledger attach partition ledger_g700 for values in (700);
            insert into ledger select 700, gen_random_uuid(), 'e', 0, 1, 1, 1, 0, 0, 4, '', '', now(), now(), 202607,
              20260715, '{3}', '{5}', 0, 0, null;
            insert into audit_log (at, actor, action, target) values (now(), 'operator', 'a', 't');
            """);

        await ApplyAsync();

        await DatabaseSetup.ApplyOrCheckAsync(_service, LedgerDays, Cancellation);
        await new LedgerPartitions(_service).EnsureAsync(MeteringDatabase.NowMs, Cancellation);
        await using var read = _service.CreateCommand(
            "select (select count(*) from ledger_g700) || ' ' || (select count(*) from audit_log)");
        Assert.Equal("1 1", await read.ExecuteScalarAsync(Cancellation));
        await IsRefusedAsync("delete from ledger_g700");
        await IsRefusedAsync("delete from audit_log");
    }

    private Task<MigrationReport> ApplyAsync() =>
        DatabaseSetup.ApplyAsync(_owner, _service, LedgerDays, Cancellation);

    private async Task<string> RefusalAsync()
    {
        var refusal = await Assert.ThrowsAsync<MigrationException>(
            () => DatabaseSetup.ApplyOrCheckAsync(_service, LedgerDays, Cancellation));
        Assert.Equal(MigrationProblem.NotOwner, refusal.Problem);
        return refusal.Message;
    }

    private async Task IsRefusedAsync(string sql) => Assert.Equal(
        PostgresErrorCodes.InsufficientPrivilege,
        (await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(_service, sql))).SqlState);

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
