using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;
using Sluice.Storage.Control.Audit;
using Sluice.Storage.Control.Metrics;
using Sluice.Storage.Control.Projects;
using Sluice.Storage.Control.Tenants;
using Xunit;

namespace Sluice.Storage.Control;

public sealed class UnitOfWorkTests(ControlDatabase database) : IClassFixture<ControlDatabase>
{
    private const string EndThem = "select bool_and(pg_terminate_backend(pid, 10000)) from unnest($1) pid";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatIsNotCommitted_NeverHappened_ItsAuditRowIncluded()
    {
        var tenantId = IdText.NewValue();
        await using (var tx = database.Begin())
            await CreateAsync(tx, tenantId, "account-undone");

        Assert.Null(await new TenantStore(database.Source).FindAsync(tenantId, Cancellation));
        Assert.Empty(await database.ColumnAsync<long>($"select id from audit_log where tenant_id = {tenantId}"));
    }

    [Fact]
    public async Task AConflict_NamesTheOther_AndLeavesTheTransactionUsable()
    {
        var first = IdText.NewValue();
        await using (var tx = database.Begin())
        {
            await CreateAsync(tx, first, "account-both");
            await tx.CommitAsync(Cancellation);
        }

        var third = IdText.NewValue();
        await using (var tx = database.Begin())
        {
            var refused = await CreateAsync(tx, IdText.NewValue(), "account-both");
            Assert.True(refused.IsError(out var error, out _));
            Assert.Equal(
                IdText.Format(IdText.Tenant, first), Assert.IsType<Error.Conflict>(error).Other);
            await CreateAsync(tx, third, "account-other");
            await tx.CommitAsync(Cancellation);
        }

        Assert.NotNull(await new TenantStore(database.Source).FindAsync(third, Cancellation));
    }

    [Fact]
    public async Task AnUnforeseenViolation_IsAFailure_NotAConflict()
    {
        var id = IdText.NewValue();
        await using var tx = database.Begin();
        await CreateAsync(tx, id, "account-first");

        var failure = await Assert.ThrowsAsync<PostgresException>(() => CreateAsync(tx, id, "account-second"));

        Assert.Equal("tenant_pkey", failure.ConstraintName);
    }

    [Fact]
    public async Task ConnectionsThatWereLostWhileIdle_CostNoAction()
    {
        var transactions = new[] { database.Begin(), database.Begin(), database.Begin() };
        var processes = new List<int>();
        foreach (var transaction in transactions)
            processes.Add((await transaction.OpenAsync(Cancellation)).ProcessID);
        foreach (var transaction in transactions)
            await transaction.DisposeAsync();
        // Only a role may end its own sessions, so another source of it does, whose connection lives.
        await using (var source = NpgsqlDataSource.Create(database.ConnectionString))
        await using (var end = source.CreateCommand(EndThem))
        {
            end.Parameters.Add(new() { Value = processes.ToArray() });
            Assert.Equal(true, await end.ExecuteScalarAsync(Cancellation));
        }

        var tenantId = IdText.NewValue();
        await using (var tx = database.Begin())
        {
            await CreateAsync(tx, tenantId, "account-after-a-restart");
            await tx.CommitAsync(Cancellation);
        }

        Assert.NotNull(await new TenantStore(database.Source).FindAsync(tenantId, Cancellation));
    }

    [Fact]
    public async Task ActionsInATenant_HappenOneAfterTheOther()
    {
        var tenantId = IdText.NewValue();
        await using (var tx = database.Begin())
        {
            await CreateAsync(tx, tenantId, "account-in-turn");
            await tx.CommitAsync(Cancellation);
        }

        var projects = new ProjectStore(database.Source);
        await using var first = database.Begin();
        await using var second = database.Begin();
        await projects.CreateAsync(first, tenantId, "Search", Cancellation);
        var waiting = projects.CreateAsync(second, tenantId, "search", Cancellation);
        Assert.False(waiting.IsCompleted);
        await first.CommitAsync(Cancellation);

        Assert.True((await waiting).IsError(out var error, out _));
        Assert.IsType<Error.Conflict>(error);
    }

    [Theory]
    [InlineData("update audit_log set actor = 'nobody'")]
    [InlineData("delete from audit_log")]
    [InlineData("truncate audit_log")]
    public async Task TheAuditLog_TakesNoChange(string sql)
    {
        await using (var tx = database.Begin())
        {
            await AuditLog.AppendAsync(tx, new("test.done", null, "test", null, new { done = true }), Cancellation);
            await tx.CommitAsync(Cancellation);
        }

        // Roles lack the right, and one that gives itself every right is stopped by the table itself.
        Assert.Contains("permission denied", await FailureOfAsync(database.Source, sql));
        Assert.Contains("permission denied", await FailureOfAsync(database.Owner, sql));
        Assert.Contains("append-only", await FailureOfAsync(
            database.Owner, $"begin; grant update, delete, truncate on audit_log to current_user; {sql}"));

        static async Task<string> FailureOfAsync(NpgsqlDataSource source, string text)
        {
            await using var command = source.CreateCommand(text);
            return (await Assert.ThrowsAsync<PostgresException>(
                () => command.ExecuteNonQueryAsync(Cancellation))).MessageText;
        }
    }

    [Fact]
    public async Task TheTablesMetrics_AreTheDomainsBuiltInOnes()
    {
        var rows = await database.ColumnAsync<string>(
            "select id || ' ' || name || ' ' || decimals from metric where id < 16 order by id");

        Assert.Equal(
            MetricCatalogue.BuiltIn.All.Select(static metric => $"{metric.Id.Value} {metric.Name} {metric.Decimals}"),
            rows);
        Assert.Equal(
            MetricCatalogue.BuiltIn.All,
            (await new MetricStore(database.Source).ReadAsync(Cancellation)).All
                .Where(static metric => metric.Id.Value < MetricId.FirstCustom.Value));
    }

    private Task<Result<Tenant>> CreateAsync(UnitOfWork tx, long id, string billingAccountId) =>
        new TenantStore(database.Source).CreateAsync(
            tx,
            new NewTenant(
                id,
                "Aurora",
                billingAccountId,
                "UTC",
                "en",
                "JPY",
                IdText.NewValue(),
                new(IdText.NewValue(), "ada", "ada@example.com", "hash")),
            Cancellation);
}
