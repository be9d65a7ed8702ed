using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Authority;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Xunit;

namespace Sluice.Storage.Ledger.Leases;

public sealed class LeaseStoreTests(MeteringDatabase database) : IClassFixture<MeteringDatabase>
{
    private static readonly CounterId Tokens = new(MetricId.TextTokens, PeriodKey.Month(2026, 7));

    private static readonly CounterId TokensOfAugust = new(MetricId.TextTokens, PeriodKey.Month(2026, 8));

    private readonly ScopeId _scope = new(ScopeKind.Tenant, IdText.NewValue());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private LeaseStore Leases => new(database.Source);

    [Fact]
    public async Task OnlyTheNewestEpochWrites_AndOthersOfTheSameTransactionAreNotHeldUpByIt()
    {
        var session = await database.OpenSessionAsync();
        var other = new ScopeId(ScopeKind.Project, IdText.NewValue());
        var (old, present) = (await ActivateAsync(_scope), await ActivateAsync(_scope));
        var others = await ActivateAsync(other);
        Assert.Equal(old + 1, present);

        var result = await Leases.PersistAsync(
            [Batch(old, leases: [Row(session, 100)]), Batch(others, leases: [Row(session, 7)]) with { Scope = other }],
            Cancellation);

        Assert.Equal([PersistOutcome.Deposed, PersistOutcome.Done], result.Outcomes);
        Assert.Empty(await LeasesAsync());
        Assert.Equal(
            7, await database.ScalarAsync<long>($"select granted from lease where scope_id = {other.Value}"));
    }

    [Fact]
    public async Task AGrantOfAnOldEpoch_IsEitherReadByTheNextActivation_OrRefused()
    {
        var session = await database.OpenSessionAsync();
        var epoch = await ActivateAsync(_scope);

        var activating = Task.Run(() => SnapshotAsync(_scope));
        var grants = await Task.WhenAll(Enumerable.Range(1, 20).Select(async units => (
            Units: units,
            Result: await Leases.PersistAsync([Batch(epoch, leases: [Row(session, units)])], Cancellation))));

        var written = grants.Where(g => g.Result.Outcomes[0] == PersistOutcome.Done).Select(g => (long)g.Units);
        var read = (await activating).Accounts.Select(a => a.GrantedUnits);
        Assert.Equal(written.DefaultIfEmpty().Max(), read.DefaultIfEmpty().Max());
    }

    [Fact]
    public async Task Totals_OnlyRise_AndMemoryStays()
    {
        var session = await database.OpenSessionAsync();
        var epoch = await ActivateAsync(_scope);

        await Leases.PersistAsync([Batch(epoch, leases: [Row(session, 100, returned: 5, memory: true)])], Cancellation);
        await Leases.PersistAsync([Batch(epoch, leases: [Row(session, 60, returned: 40)])], Cancellation);

        Assert.Equal([$"{session.Value}|100|40|True"], await LeasesAsync());
    }

    [Fact]
    public async Task AFencedSession_IsLeftOutAndNamed_TheOthersAreWritten()
    {
        var (dead, alive) = (await database.OpenSessionAsync(), await database.OpenSessionAsync());
        var epoch = await ActivateAsync(_scope);
        await database.ExecuteAsync($"update edge_session set fenced_at = now() where id = {dead.Value}");

        var result = await Leases.PersistAsync(
            [Batch(epoch, leases: [Row(dead, 10), Row(alive, 20)])], Cancellation);

        Assert.Equal([PersistOutcome.Done], result.Outcomes);
        Assert.Equal([dead], result.Fenced);
        Assert.Equal([$"{alive.Value}|20|0|False"], await LeasesAsync());
    }

    [Fact]
    public async Task AThreshold_IsMarkedOncePerPeriod_AndASuppressedOneMayStillFire()
    {
        var epoch = await ActivateAsync(_scope);
        var (one, two) = (IdText.NewValue(), IdText.NewValue());

        await MarkAsync(epoch, Line(one, ThresholdStatus.Fired, used: 90), Line(two, ThresholdStatus.Quiet, used: 10));
        await MarkAsync(epoch, Line(one, ThresholdStatus.Fired, used: 95), Line(two, ThresholdStatus.Fired, used: 50));
        await MarkAsync(epoch, Line(one, ThresholdStatus.Quiet, used: 99), Line(two, ThresholdStatus.Fired, used: 60));
        await MarkAsync(epoch, Line(one, ThresholdStatus.Fired, used: 1) with { Counter = TokensOfAugust });

        Assert.Equal(
            [$"{one}|202607|2|90", $"{one}|202608|2|1", $"{two}|202607|2|50"],
            (await database.RowsAsync(
                $"""
                 select limit_id, period, mark, used from threshold_mark where scope_id = {_scope.Value}
                 """)).OrderBy(r => r.StartsWith($"{one}", StringComparison.Ordinal) ? 0 : 1).ThenBy(r => r));
    }

    [Fact]
    public async Task AThresholdEventIsWritten_OnceForWhatFired_AndOnceForWhatIsOver()
    {
        var epoch = await ActivateAsync(_scope);
        var (one, two) = (IdText.NewValue(), IdText.NewValue());

        await MarkAsync(epoch, Line(one, ThresholdStatus.Quiet, used: 60));
        Assert.Empty(await ThresholdEventsAsync());
        for (var i = 0; i < 2; i++)
        {
            await MarkAsync(
                epoch,
                Line(one, ThresholdStatus.Fired, used: 60) with { RefusedUnits = 7 },
                Line(two, ThresholdStatus.Fired, used: 70 + i),
                Line(two, ThresholdStatus.Resolved, used: 80 + i));
        }

        Assert.Equal(
            [$"{one}|1|60|7", $"{two}|0|70|0", $"{two}|2|80|0"],
            (await ThresholdEventsAsync()).OrderBy(r => r.StartsWith($"{one}", StringComparison.Ordinal) ? 0 : 1)
                .ThenBy(r => r));
    }

    [Fact]
    public async Task AThresholdEvent_NamesThoseWhoHearOfTheLimit_AlsoWhereItWasSetAnewMeanwhile()
    {
        var tenant = _scope.Value;
        var epoch = await ActivateAsync(_scope);
        var limit = await database.ScalarAsync<long>(
            $$"""
            insert into tenant values ({{tenant}}, '', '{{tenant}}', 'UTC', 'en', 'EUR', 0, now(), now());
            insert into usage_limit (tenant_id, scope_kind, scope_id, metric, period, kind, source, value, recipients,
              created_at)
            values ({{tenant}}, 0, {{tenant}}, {{Tokens.Metric.Value}}, 0, 1, 2, 50, '{a@example.com,b@example.com}',
              now())
            returning id
            """);
        var gone = IdText.NewValue();

        await MarkAsync(
            epoch, Line(limit, ThresholdStatus.Fired, used: 60), Line(gone, ThresholdStatus.Fired, used: 60));

        Assert.Equal(
            2,
            await database.ScalarAsync<long>(
                $$"""
                select count(*) from transition
                where tenant_id = {{tenant}} and recipients = '{a@example.com,b@example.com}'
                """));
    }

    [Fact]
    public async Task OfTwoMarksInOneBatch_TheLastWordIsKept()
    {
        var epoch = await ActivateAsync(_scope);
        var limit = IdText.NewValue();

        await MarkAsync(
            epoch, Line(limit, ThresholdStatus.Quiet, used: 10), Line(limit, ThresholdStatus.Fired, used: 20));

        Assert.Equal(
            ["2|20"],
            await database.RowsAsync($"select mark, used from threshold_mark where limit_id = {limit}"));
    }

    [Fact]
    public async Task TheEffectiveVersion_OnlyRises()
    {
        var epoch = await ActivateAsync(_scope);
        await database.ExecuteAsync($"insert into limit_version values (0, {_scope.Value}, 9)");

        foreach (var version in (long[])[5, 3, 0])
            await Leases.PersistAsync([Batch(epoch) with { EffectiveVersion = version }], Cancellation);

        Assert.Equal(
            5,
            await database.ScalarAsync<long>($"select effective from limit_version where scope_id = {_scope.Value}"));
    }

    [Fact]
    public async Task ABatchWithNothing_StillTellsWhetherItsEpochIsTheNewest()
    {
        var old = await ActivateAsync(_scope);
        Assert.Equal([PersistOutcome.Done], (await Leases.PersistAsync([Batch(old)], Cancellation)).Outcomes);
        await ActivateAsync(_scope);
        Assert.Equal([PersistOutcome.Deposed], (await Leases.PersistAsync([Batch(old)], Cancellation)).Outcomes);
    }

    private async Task<long> ActivateAsync(ScopeId scope) => (await SnapshotAsync(scope)).Epoch;

    private async Task<AuthoritySnapshot> SnapshotAsync(ScopeId scope) => Assert.Single(
        await new ActivationStore(database.Source).ActivateAsync([scope], PeriodKey.Month(2026, 5), Cancellation));

    private Task MarkAsync(long epoch, params ThresholdLine[] lines) =>
        Leases.PersistAsync([Batch(epoch) with { Thresholds = lines }], Cancellation);

    private Task<IReadOnlyList<string>> ThresholdEventsAsync() => database.RowsAsync(
        $"select limit_id, kind, used, refused from transition where tenant_id = {_scope.Value}");

    private Task<IReadOnlyList<string>> LeasesAsync() => database.RowsAsync(
        $"select session_id, granted, returned, memory from lease where scope_id = {_scope.Value} order by 1");

    private PersistBatch Batch(long epoch, IReadOnlyList<LeaseRow>? leases = null) =>
        new(_scope, epoch, 1, leases ?? [], [], 0, []);

    private static LeaseRow Row(SessionId session, long granted, long returned = 0, bool memory = false) =>
        new(session, Tokens, granted, returned, memory);

    private static ThresholdLine Line(long limit, ThresholdStatus status, long used) =>
        new(limit, LimitKind.Warning, LimitSource.Threshold, Tokens, status, 50, used, 0, MeteringDatabase.NowMs);
}
