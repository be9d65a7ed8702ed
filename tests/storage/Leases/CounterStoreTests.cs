using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Control.Credentials;
using Sluice.Storage.Control.Members;
using Xunit;

namespace Sluice.Storage.Ledger.Leases;

public sealed class CounterStoreTests(MeteringDatabase database) : IClassFixture<MeteringDatabase>
{
    private static readonly ScopeRange All = new(Max: 1_000);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Usage_IsSummedOverLivingAndSettledSessions_InThePeriodsAskedFor()
    {
        var (one, two) = (await database.OpenSessionAsync(), await database.OpenSessionAsync());
        var scope = new ScopeId(ScopeKind.Project, IdText.NewValue());
        var other = new ScopeId(ScopeKind.Seat, scope.Value);
        await database.ExecuteAsync(
            $"""
             insert into usage_account (scope_kind, scope_id, metric, period, session_id, used, extra, batch) values
               (1, {scope.Value}, 3, 202607, {one.Value}, 10, 1, 1),
               (1, {scope.Value}, 3, 202607, {two.Value}, 20, 2, 1),
               (1, {scope.Value}, 3, 202606, {one.Value}, 500, 0, 1), (1, {scope.Value}, 2, 0, {one.Value}, 4, 0, 1),
               (2, {scope.Value}, 3, 202607, {one.Value}, 7, 0, 1);
             insert into settled_usage values (1, {scope.Value}, 3, 202607, 100, 9999);
             insert into hold_line values (1, {scope.Value}, 3, 202607, {one.Value}, 2, 8, 30);
             """);

        var sums = await new CounterStore(database.Source).ReadAsync(
            [scope, other], [PeriodKey.Month(2026, 7), PeriodKey.Total], Cancellation);

        Assert.Equal(
            [
                new StoredCounter(scope, new CounterId(MetricId.Requests, PeriodKey.Total), 4, 0),
                new StoredCounter(scope, new CounterId(MetricId.TextTokens, PeriodKey.Month(2026, 7)), 163, 8),
                new StoredCounter(other, new CounterId(MetricId.TextTokens, PeriodKey.Month(2026, 7)), 7, 0),
            ],
            sums);
    }

    [Fact]
    public async Task ATenantsScopes_AreThoseThatLive()
    {
        var holder = await KeyHolder.CreateAsync(database);
        var project = await holder.AddProjectKeyAsync();
        var personal = await holder.AddPersonalKeyAsync();
        var (seatId, seatKey) = await holder.AddSeatKeyAsync();
        var deletedKey = await holder.AddPersonalKeyAsync(member: await holder.AddMemberAsync());
        var (bareSeat, deletedSeatKey) = await holder.AddSeatKeyAsync(await holder.AddMemberAsync());
        var (removedSeat, removedSeatsKey) = await holder.AddSeatKeyAsync(await holder.AddMemberAsync());
        await database.ExecuteAsync(
            $"""
             update api_key set deleted_at = now() where id in ({deletedKey}, {deletedSeatKey}, {removedSeatsKey});
             update seat set member_id = null, assigned_at = null, removed_at = now() where id = {removedSeat}
             """);
        var deletedProject = await holder.AddProjectAsync();
        await database.ExecuteAsync($"update project set deleted_at = now() where id = {deletedProject}");

        var scopes = await new CounterStore(database.Source).ScopesOfAsync(
            holder.TenantId, null, All, Cancellation);

        Assert.Equal(
            [
                new ScopeId(ScopeKind.Tenant, holder.TenantId),
                new ScopeId(ScopeKind.Project, holder.ProjectId),
                .. new[] { seatId, bareSeat }.Order().Select(s => new ScopeId(ScopeKind.Seat, s)),
                .. new[] { project, personal, seatKey }.Order().Select(k => new ScopeId(ScopeKind.Key, k)),
            ],
            scopes);
    }

    [Fact]
    public async Task APlainMember_IsShownItsProjectsWithTheirKeys_AndWhatItHoldsItself()
    {
        var holder = await KeyHolder.CreateAsync(database);
        var project = await holder.AddProjectKeyAsync();
        var (own, seat) = (await holder.AddPersonalKeyAsync(), await holder.AddSeatKeyAsync());
        var other = await holder.AddMemberAsync();
        await holder.AddPersonalKeyAsync(other);
        await holder.AddSeatKeyAsync(other);
        await holder.AddProjectAsync();

        var scopes = await new CounterStore(database.Source).ScopesOfAsync(
            holder.TenantId, new Visibility(holder.MemberId, [holder.ProjectId]), All, Cancellation);

        Assert.Equal(
            [
                new ScopeId(ScopeKind.Project, holder.ProjectId),
                new ScopeId(ScopeKind.Seat, seat.Seat),
                .. new[] { project, own, seat.Key }.Order().Select(k => new ScopeId(ScopeKind.Key, k)),
            ],
            scopes);
    }

    [Fact]
    public async Task OnlyScopesWithALimitOfTheirOwn_AreListed_IfThatIsAskedFor()
    {
        var holder = await KeyHolder.CreateAsync(database);
        var limited = await holder.AddProjectKeyAsync();
        await holder.AddProjectKeyAsync();
        await database.ExecuteAsync(
            $"""
             insert into usage_limit (tenant_id, scope_kind, scope_id, metric, period, kind, source, value, created_at)
             values ({holder.TenantId}, 3, {limited}, 3, 0, 1, 2, 10, now())
             """);

        var scopes = await new CounterStore(database.Source).ScopesOfAsync(
            holder.TenantId, null, All with { OnlyLimited = true }, Cancellation);

        Assert.Equal([new ScopeId(ScopeKind.Key, limited)], scopes);
    }

    [Fact]
    public async Task AListOfScopes_IsReadInParts_AndOneByItsId()
    {
        var holder = await KeyHolder.CreateAsync(database);
        await holder.AddProjectKeyAsync();
        await holder.AddSeatKeyAsync();
        var store = new CounterStore(database.Source);
        var all = await store.ScopesOfAsync(holder.TenantId, null, All, Cancellation);
        Assert.Equal(5, all.Count);

        for (var i = 0; i < all.Count; i++)
        {
            var range = new ScopeRange(2, After: i == 0 ? null : all[i - 1]);
            Assert.Equal(all.Skip(i).Take(2), await store.ScopesOfAsync(holder.TenantId, null, range, Cancellation));
            Assert.Equal(
                [all[i]], await store.ScopesOfAsync(holder.TenantId, null, All with { Only = all[i] }, Cancellation));
        }

        var strange = new ScopeId(ScopeKind.Key, 1);
        Assert.Empty(await store.ScopesOfAsync(holder.TenantId, null, All with { Only = strange }, Cancellation));
    }

    [Fact]
    public async Task TheScopesNearestToALimit_AreFoundByWhatIsStored()
    {
        var holder = await KeyHolder.CreateAsync(database);
        var session = await database.OpenSessionAsync();
        var (far, near, boosted, warned) = (
            await holder.AddProjectKeyAsync(), await holder.AddProjectKeyAsync(),
            await holder.AddProjectKeyAsync(), await holder.AddProjectKeyAsync());
        await database.ExecuteAsync(
            $"""
             insert into usage_limit
               (tenant_id, scope_kind, scope_id, metric, period, kind, source, value, created_at, boosted_value,
                boosted_until)
             values ({holder.TenantId}, 3, {far}, 3, 0, 0, 2, 1000, now(), null, null),
               ({holder.TenantId}, 3, {near}, 3, 0, 0, 2, 100, now(), null, null),
               ({holder.TenantId}, 3, {boosted}, 3, 0, 0, 2, 80, now(), 8000, '2026-08-01'),
               ({holder.TenantId}, 3, {warned}, 3, 0, 1, 2, 1, now(), null, null);
             insert into usage_account (scope_kind, scope_id, metric, period, session_id, used, extra, batch) values
               (3, {far}, 3, 202607, {session.Value}, 90, 0, 1), (3, {near}, 3, 202607, {session.Value}, 40, 5, 1),
               (3, {boosted}, 3, 202607, {session.Value}, 79, 0, 1), (3, {warned}, 3, 202607, {session.Value}, 9, 0, 1),
               (3, {far}, 3, 202606, {session.Value}, 5000, 0, 1);
             insert into settled_usage values (3, {near}, 3, 202607, 45, 0);
             """);
        PeriodKey[] periods = [PeriodKey.Month(2026, 7), PeriodKey.Day(2026, 7, 4), PeriodKey.Total];
        var store = new CounterStore(database.Source);
        var now = new DateTimeOffset(2026, 7, 4, 12, 0, 0, TimeSpan.Zero);

        Assert.Equal([near], await NearestAsync(now, 1));
        Assert.Equal(new[] { near, far }.Order(), await NearestAsync(now, 2));
        Assert.Equal(new[] { near, far, boosted }.Order(), await NearestAsync(now, 9));
        Assert.Equal([boosted], await NearestAsync(now.AddMonths(1), 1));

        async Task<IEnumerable<long>> NearestAsync(DateTimeOffset at, int max) =>
            (await store.TightestOfAsync(holder.TenantId, null, periods, at, max, Cancellation))
            .Select(static scope => scope.Value);
    }
}
