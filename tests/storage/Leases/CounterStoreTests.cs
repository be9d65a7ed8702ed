using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Control.Credentials;
using Sluice.Storage.Control.Members;
using Xunit;

namespace Sluice.Storage.Ledger.Leases;

public sealed class CounterStoreTests(MeteringDatabase database) : IClassFixture<MeteringDatabase>
{
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
             """);

        var sums = await new CounterStore(database.Source).ReadAsync(
            [scope, other], [PeriodKey.Month(2026, 7), PeriodKey.Total], Cancellation);

        Assert.Equal(
            [
                (scope, new CounterId(MetricId.Requests, PeriodKey.Total), 4L),
                (scope, new CounterId(MetricId.TextTokens, PeriodKey.Month(2026, 7)), 133L),
                (other, new CounterId(MetricId.TextTokens, PeriodKey.Month(2026, 7)), 7L),
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

        var scopes = await new CounterStore(database.Source).ScopesOfAsync(holder.TenantId, null, false, Cancellation);

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
            holder.TenantId, new Visibility(holder.MemberId, [holder.ProjectId]), false, Cancellation);

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
            holder.TenantId, null, onlyLimited: true, Cancellation);

        Assert.Equal([new ScopeId(ScopeKind.Key, limited)], scopes);
    }
}
