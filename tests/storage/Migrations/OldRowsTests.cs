using Npgsql;
using Sluice.TestSupport.Postgres;
using Xunit;

namespace Sluice.Storage.Migrations;

/// <summary>Rows that an older version wrote, and what migrations make of them.</summary>
public sealed class OldRowsTests(PostgresFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OldPercentages_GetTheirValue_AndWarningsOfOneValueBecomeOne()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync());
        await MigrationRunner.ApplyAsync(database, Before(8), Cancellation);
        await using (var old = database.CreateCommand(
            """
            insert into tenant
              (id, name, billing_account_id, time_zone, language, currency, state, created_at, changed_at) values
              (1, 'T', 'b1', 'UTC', 'en', 'JPY', 0, now(), now());
            insert into usage_limit
              (tenant_id, scope_kind, scope_id, metric, period, kind, source, value, percent, created_at) values
              (1, 0, 1, 2, 0, 0, 1, 7, null, now()),
              (1, 0, 1, 2, 0, 1, 1, null, 80, now()),
              (1, 0, 1, 2, 0, 1, 1, null, 81, now()),
              (1, 0, 1, 2, 0, 1, 1, 6, null, now()),
              (1, 0, 1, 2, 0, 1, 1, 5, null, now()),
              (1, 0, 1, 2, 0, 1, 0, null, 50, now())
            """))
        {
            await old.ExecuteNonQueryAsync(Cancellation);
        }

        await MigrationRunner.ApplyAsync(database, Cancellation);

        await using var read = database.CreateCommand(
            "select string_agg(concat_ws(' ', kind, value, percent), ', ' order by kind, value) from usage_limit");
        Assert.Equal("0 7, 1 5, 1 6 81", await read.ExecuteScalarAsync(Cancellation));
    }

    /// <summary>
    /// Nodes of the older version may still write while others are updated, and write no days and months: also those of
    /// tenants that are created in between.
    /// </summary>
    [Theory]
    [InlineData(true, "1 3 f, 2 3 f")]
    [InlineData(false, "2 t")]
    public async Task SumsByDaysAndMonths_CountFromThreeDaysAhead_AndInANewDatabaseAlways(bool isOlder, string expected)
    {
        await using var database = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync());
        await MigrationRunner.ApplyAsync(database, Before(17), Cancellation);
        const string Add =
            """
            insert into tenant
              (id, name, billing_account_id, time_zone, language, currency, state, created_at, changed_at) values
            """;
        if (isOlder)
        {
            await using var old = database.CreateCommand($"{Add} (1, 'T', 'b1', 'UTC', 'en', 'JPY', 0, now(), now())");
            await old.ExecuteNonQueryAsync(Cancellation);
        }

        await MigrationRunner.ApplyAsync(database, Cancellation);

        await using var read = database.CreateCommand(
            $"""
            {Add} (2, 'U', 'b2', 'UTC', 'en', 'JPY', 0, now(), now());
            select string_agg(
              concat_ws(' ', id,
                case when day_sums_from > now() then day_sums_from - (now() at time zone 'UTC')::date end,
                day_sums_from = '0001-01-01'),
              ', ' order by id) from tenant
            """);
        Assert.Equal(expected, await read.ExecuteScalarAsync(Cancellation));
    }

    private static IReadOnlyList<Migration> Before(int number) =>
        [.. EmbeddedMigrations.Read().Where(migration => migration.Number < number)];
}
