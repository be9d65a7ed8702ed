using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Xunit;

namespace Sluice.Storage.Ledger;

public sealed class CheckpointTests(MeteringDatabase database) : IClassFixture<MeteringDatabase>
{
    private static readonly CounterId Tokens = new(MetricId.TextTokens, PeriodKey.Month(2026, 7));

    [Fact]
    public async Task Accounts_AreAbsolute_AndOfOneSession()
    {
        var scope = new ScopeId(ScopeKind.Tenant, IdText.NewValue());
        var (one, two) = (await database.OpenSessionAsync(), await database.OpenSessionAsync());

        await database.WriteAsync(one, 1, [], Full(new AccountLine(scope, Tokens, 10, 1)));
        await database.WriteAsync(two, 1, [], Full(new AccountLine(scope, Tokens, 7, 0)));
        await database.WriteAsync(one, 2, [], Full(new AccountLine(scope, Tokens, 25, 4)));

        Assert.Equal(
            [$"{one.Value}|25|4|2", $"{two.Value}|7|0|1"],
            await database.RowsAsync(
                $"select session_id, used, extra, batch from usage_account where scope_id = {scope.Value} order by 1"));
    }

    [Fact]
    public async Task Batches_LeaveTheCheckpointToTheSums()
    {
        var scope = new ScopeId(ScopeKind.Key, IdText.NewValue());
        var session = await database.OpenSessionAsync();

        await database.WriteAsync(session, 1, [], Full(new AccountLine(scope, Tokens, 1, 0)));
        await database.WriteAsync(session, 2, [], new Checkpoint([new(scope, Tokens, 1, 9)], Full: false));

        Assert.Equal(
            "2|0",
            Assert.Single(await database.RowsAsync(
                $"select batch, checkpoint from edge_session where id = {session.Value}")));
        Assert.Equal(
            9, await database.ScalarAsync<long>($"select extra from usage_account where scope_id = {scope.Value}"));
    }

    private static Checkpoint Full(params AccountLine[] accounts) => new(accounts, Full: true);
}
