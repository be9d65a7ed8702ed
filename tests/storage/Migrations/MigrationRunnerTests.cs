using Npgsql;
using Sluice.TestSupport.Postgres;
using Xunit;

namespace Sluice.Storage.Migrations;

public sealed class MigrationRunnerTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly Migration CreateCounter = new(1, "counter", "create table counter (used bigint not null)");
    private static readonly Migration FillCounter = new(2, "fill", "insert into counter values (1)");
    private static readonly Migration AddHeld =
        new(3, "held", "alter table counter add held bigint not null default 0");

    private NpgsqlDataSource _database = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _database = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync());

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task AnEmptyDatabase_GetsEveryMigration_InOrderOfItsNumber()
    {
        var report = await ApplyAsync(AddHeld, CreateCounter, FillCounter);

        Assert.Equal(3, report.Version);
        Assert.Equal([CreateCounter, FillCounter, AddHeld], report.Applied);
        Assert.Equal("1/0", await ScalarAsync<string>("select used || '/' || held from counter"));
    }

    [Fact]
    public async Task ASecondRun_AppliesNothing()
    {
        await ApplyAsync(CreateCounter, FillCounter);

        var report = await ApplyAsync(CreateCounter, FillCounter);

        Assert.Equal(2, report.Version);
        Assert.Empty(report.Applied);
        Assert.Equal(1, await ScalarAsync<long>("select count(*) from counter"));
    }

    [Fact]
    public async Task ALaterVersion_AppliesOnlyWhatIsNew()
    {
        await ApplyAsync(CreateCounter);

        var report = await ApplyAsync(CreateCounter, FillCounter, AddHeld);

        Assert.Equal([FillCounter, AddHeld], report.Applied);
    }

    [Fact]
    public async Task NoMigrations_LeaveAnEmptyHistory()
    {
        var report = await ApplyAsync();

        Assert.Equal(0, report.Version);
        Assert.Equal(0, await ScalarAsync<long>("select count(*) from schema_migration"));
    }

    [Fact]
    public async Task TheMigrationsOfThisProgram_ApplyToAnEmptyDatabase_AndThenAgainDoNothing()
    {
        var first = await MigrationRunner.ApplyAsync(_database, Cancellation);
        var second = await MigrationRunner.ApplyAsync(_database, Cancellation);

        Assert.Equal(EmbeddedMigrations.Read().Count, first.Applied.Count);
        Assert.Equal(first.Version, second.Version);
        Assert.Empty(second.Applied);
    }

    [Fact]
    public async Task ManyRunnersAtOnce_ApplyEachMigrationOnce()
    {
        const int Runners = 8;
        var slow = new Migration(
            4, "slow", "do $$ begin perform pg_sleep(0.1); insert into counter values (2); end $$");

        var reports = await Task.WhenAll(Enumerable.Range(0, Runners)
            .Select(_ => Task.Run(() => ApplyAsync(CreateCounter, FillCounter, AddHeld, slow), Cancellation)));

        Assert.Equal([1, 2, 3, 4], reports.SelectMany(report => report.Applied).Select(m => m.Number).Order());
        Assert.All(reports, report => Assert.Equal(4, report.Version));
        Assert.Equal(2, await ScalarAsync<long>("select count(*) from counter"));
    }

    [Fact]
    public async Task ARunner_WaitsForTheOneThatHoldsTheLock_EvenWhenTheDatabaseDefaultsToSerializable()
    {
        var name = await ScalarAsync<string>("select current_database()");
        await ExecuteAsync($"alter database {name} set default_transaction_isolation = 'serializable'");
        await using var fresh = NpgsqlDataSource.Create(_database.ConnectionString);

        await using var other = await fresh.OpenConnectionAsync(Cancellation);
        var history = new MigrationHistory(other);
        await using var theirs = await history.BeginAsync(Cancellation);
        await history.ReadAsync(Cancellation);
        var ours = MigrationRunner.ApplyAsync(fresh, [CreateCounter, FillCounter], Cancellation);
        await WaitUntilALockIsAwaitedAsync();
        await history.ApplyAsync(CreateCounter, Cancellation);
        await theirs.CommitAsync(Cancellation);

        Assert.Equal([FillCounter], (await ours).Applied);
    }

    [Fact]
    public async Task AFailingMigration_LeavesNothingOfItself_AndKeepsThoseBeforeIt()
    {
        var broken = new Migration(2, "broken", "insert into counter values (7); insert into nowhere values (1)");

        var failure = await RefusedAsync(MigrationProblem.Failed, CreateCounter, broken);

        Assert.Contains("0002_broken.sql", failure.Message, StringComparison.Ordinal);
        Assert.Contains("nowhere", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, await ScalarAsync<long>("select count(*) from counter"));
        Assert.Equal(1, await ScalarAsync<int>("select max(number) from schema_migration"));
    }

    [Fact]
    public async Task AMigrationThatFailedOnce_AppliesWhenItIsRepaired()
    {
        await RefusedAsync(
            MigrationProblem.Failed, CreateCounter, new Migration(2, "fill", "insert into nowhere values (1)"));

        var report = await ApplyAsync(CreateCounter, FillCounter);

        Assert.Equal([FillCounter], report.Applied);
    }

    [Fact]
    public async Task AMigrationThatCommitsByItself_IsRefused_AndNotNotedAsApplied()
    {
        var escaping = new Migration(
            2, "escaping", "insert into counter values (7); commit; insert into counter values (8)");

        await RefusedAsync(MigrationProblem.Failed, CreateCounter, escaping);

        Assert.Equal(1, await ScalarAsync<int>("select max(number) from schema_migration"));
    }

    [Fact]
    public async Task AChangedMigration_IsRefused_ByTheNameOfItsFile()
    {
        await ApplyAsync(CreateCounter, FillCounter);

        var changed = new Migration(1, "counter", CreateCounter.Sql + " -- and more");
        var error = await RefusedAsync(MigrationProblem.Changed, changed, FillCounter, AddHeld);

        Assert.Contains("0001_counter.sql", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, await ScalarAsync<int>("select max(number) from schema_migration"));
    }

    [Fact]
    public async Task AHistoryWithAHole_IsRefused()
    {
        await ApplyAsync(CreateCounter, FillCounter);
        await ExecuteAsync("delete from schema_migration where number = 1");

        await RefusedAsync(MigrationProblem.Changed, CreateCounter, FillCounter);
    }

    [Fact]
    public async Task ADatabaseNewerThanTheProgram_IsRefused_AndLeftAlone()
    {
        await ApplyAsync(CreateCounter, FillCounter, AddHeld);

        var error = await RefusedAsync(MigrationProblem.DatabaseNewer, CreateCounter, FillCounter);

        Assert.Contains("0003_held", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, await ScalarAsync<int>("select max(number) from schema_migration"));
    }

    [Fact]
    public async Task MisnumberedMigrations_AreRefused_BeforeTheDatabaseIsTouched()
    {
        await RefusedAsync(MigrationProblem.Numbering, CreateCounter, AddHeld);

        Assert.False(await ScalarAsync<bool>("select to_regclass('schema_migration') is not null"));
    }

    private async Task WaitUntilALockIsAwaitedAsync()
    {
        while (!await ScalarAsync<bool>(
            "select exists (select from pg_locks where locktype = 'advisory' and not granted "
            + "and database = (select oid from pg_database where datname = current_database()))"))
        {
            Cancellation.ThrowIfCancellationRequested();
        }
    }

    private Task<MigrationReport> ApplyAsync(params Migration[] migrations) =>
        MigrationRunner.ApplyAsync(_database, migrations, Cancellation);

    private async Task<MigrationException> RefusedAsync(MigrationProblem problem, params Migration[] migrations)
    {
        var error = await Assert.ThrowsAsync<MigrationException>(() => ApplyAsync(migrations));
        Assert.Equal(problem, error.Problem);
        return error;
    }

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = _database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
