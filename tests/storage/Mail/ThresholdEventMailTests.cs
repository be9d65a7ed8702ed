using Npgsql;
using Sluice.Storage.Control;
using Sluice.Storage.Outbox.ThresholdEvents;
using Xunit;

namespace Sluice.Storage.Outbox.Mail;

/// <summary>Who gets which mail, on rows as authorities and the control plane write them.</summary>
public sealed class ThresholdEventMailTests(ControlDatabase database) : IClassFixture<ControlDatabase>
{
    /// <summary>Deletes what tests write; the members stay.</summary>
    private const string Clear = "delete from mail; delete from transition; delete from usage_threshold_contact;";

    // owner 11 ada, administrator 12 bob, members 13 cleo (leads project 21, holds seat 31), 14 dan; 15 has left.
    private const string Rows =
        """
        insert into tenant values (1, 'Aurora', 'b1', 'Asia/Tokyo', 'en', 'JPY', 0, now(), now())
        on conflict do nothing;
        insert into member (id, tenant_id, user_name, email, role, password_hash, must_change_password, created_at,
                            removed_at)
        values (11, 1, 'ada', 'ada@a.org', 0, '', false, now(), null),
               (12, 1, 'bob', 'bob@a.org', 1, '', false, now(), null),
               (13, 1, 'cleo', 'cleo@a.org', 2, '', false, now(), null),
               (14, 1, 'dan', 'dan@a.org', 2, '', false, now(), null),
               (15, 1, 'eve', 'eve@a.org', 1, '', false, now(), now()) on conflict do nothing;
        insert into project (id, tenant_id, name, is_default, created_at) values (21, 1, 'Atlas', false, now())
        on conflict do nothing;
        insert into project_member values (21, 13, 0, now()), (21, 14, 1, now()), (21, 15, 0, now())
        on conflict do nothing;
        insert into subscription values (30, 1, 'team', 1, 0, now(), now()) on conflict do nothing;
        insert into seat (id, tenant_id, subscription_id, member_id, assigned_at, created_at)
        values (31, 1, 30, 13, now(), now()) on conflict do nothing;
        insert into api_key (id, tenant_id, kind, project_id, member_id, seat_id, name, secret_hash, created_at)
        values (41, 1, 0, null, 14, null, 'own', sha256('a'), now()),
               (42, 1, 1, 21, null, null, 'web', sha256('b'), now()),
               (43, 1, 2, null, null, 31, 'seat', sha256('c'), now()) on conflict do nothing;
        """;

    // (scope kind, scope, source, limit kind, on the limit) → the recipients
    [Theory]
    [InlineData(0, 1, 0, 0, "", "ada@a.org bob@a.org")]
    [InlineData(0, 1, 1, 1, "Bob@A.org ops@a.org", "Bob@A.org ops@a.org ada@a.org")]
    [InlineData(1, 21, 1, 0, "", "cleo@a.org")]
    [InlineData(1, 21, 1, 1, "ops@a.org", "ops@a.org cleo@a.org")]
    [InlineData(2, 31, 3, 0, "", "cleo@a.org")]
    [InlineData(2, 31, 3, 1, "ops@a.org", "ops@a.org cleo@a.org")]
    [InlineData(3, 41, 4, 0, "", "dan@a.org")]
    [InlineData(3, 42, 4, 0, "", "cleo@a.org")]
    [InlineData(3, 43, 4, 0, "", "cleo@a.org")]
    [InlineData(3, 42, 4, 0, "ops@a.org", "ops@a.org")]
    [InlineData(0, 1, 2, 0, "stale@a.org", "blocked@a.org")]
    [InlineData(0, 1, 2, 1, "stale@a.org", "warned@a.org also@a.org")]
    public async Task EverybodyWhoIsConcerned_HearsOfIt_Once(
        int scopeKind, long scope, int source, int limitKind, string named, string expected)
    {
        await PrepareAsync(
            "insert into usage_threshold_contact values (1, '{warned@a.org,also@a.org}', '{blocked@a.org}', 'fr')");
        await FireAsync(1, scopeKind, scope, source, limitKind, named);

        Assert.Equal(1, await Store().TellAsync(TestContext.Current.CancellationToken));

        var mail = Assert.Single(await database.ColumnAsync<string>(
            "select concat_ws(' ', kind, language, message_id, array_to_string(recipients, ' ')) from mail"));
        var kind = limitKind == 1 ? "warning" : "blocked";
        Assert.Equal($"{kind} {(source == 2 ? "fr" : "en")} {kind}.1.1000.202611@a.org {expected}", mail);
        Assert.Equal(0, await Store().TellAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task WithoutAnybodyToTell_ThereIsNoMail_AndItIsToldAllTheSame()
    {
        await PrepareAsync("insert into usage_threshold_contact values (1, '{warned@a.org}', '{}', 'fr')");
        await FireAsync(1, 0, 1, source: 2, limitKind: 0, "stale@a.org");

        Assert.Equal(1, await Store().TellAsync(TestContext.Current.CancellationToken));

        Assert.Empty(await database.ColumnAsync<long>("select id from mail"));
        Assert.Empty(await database.ColumnAsync<long>("select id from transition where told_at is null"));
    }

    [Fact]
    public async Task WhatIsResolved_OrWasToldBefore_GivesNoMail()
    {
        await PrepareAsync();
        await FireAsync(1, 0, 1, source: 1, limitKind: 0, "");
        await Store().TellAsync(TestContext.Current.CancellationToken);
        await database.ColumnAsync<long>("update transition set told_at = null");
        await FireAsync(1, 0, 1, source: 1, limitKind: 0, "", kind: 2);

        Assert.Equal(2, await Store().TellAsync(TestContext.Current.CancellationToken));

        Assert.Single(await database.ColumnAsync<long>("select id from mail"));
    }

    [Fact]
    public async Task TenThousandAtOnce_AreEachToldOnce_ByTwoWhoTellAtTheSameTime()
    {
        await PrepareAsync();
        const int Count = 10_000;
        await database.ColumnAsync<long>(
            $"""
             insert into transition (tenant_id, kind, limit_id, limit_kind, source, value, scope_kind, scope_id, metric,
                                     period, used, refused, at)
             select 1, 0, i, 1, 1, 1000, 0, 1, 3, 202611, 1000, 0, now() from generate_series(1, {Count}) i
             """);

        var told = await Task.WhenAll(TellAllAsync(), TellAllAsync());

        Assert.Equal(Count, told.Sum());
        Assert.Equal(
            [Count], await database.ColumnAsync<long>("select count(distinct transition_id) from mail"));
        Assert.Equal([Count], await database.ColumnAsync<long>("select count(*) from mail"));
        Assert.Empty(await database.ColumnAsync<long>("select id from transition where told_at is null"));
    }

    [Fact]
    public async Task AChannelThatFails_LeavesNothingHalfTold()
    {
        await PrepareAsync();
        await FireAsync(1, 0, 1, source: 1, limitKind: 0, "");
        var store = new ThresholdEventStore(
            database.Source, [new ThresholdEventMail(new("a.org")), new Broken()], TimeProvider.System);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => store.TellAsync(TestContext.Current.CancellationToken));

        Assert.Empty(await database.ColumnAsync<long>("select id from mail"));
        Assert.Equal(1, await Store().TellAsync(TestContext.Current.CancellationToken));
        Assert.Single(await database.ColumnAsync<long>("select id from mail"));
    }

    private ThresholdEventStore Store() =>
        new(database.Source, [new ThresholdEventMail(new("a.org"))], TimeProvider.System);

    private async Task<int> TellAllAsync()
    {
        var told = 0;
        while (await Store().TellAsync(TestContext.Current.CancellationToken) is > 0 and var batch)
            told += batch;
        return told;
    }

    private Task PrepareAsync(string more = "") => database.ColumnAsync<long>(
        $"{Clear} {Rows} {more}");

    private Task FireAsync(
        long limit, int scopeKind, long scope, int source, int limitKind, string named, int kind = 0) =>
        database.ColumnAsync<long>(
            $"""
             insert into transition (tenant_id, kind, limit_id, limit_kind, source, value, scope_kind, scope_id, metric,
                                     period, used, refused, at, recipients)
             values (1, {kind}, {limit}, {limitKind}, {source}, 1000, {scopeKind}, {scope}, 3, 202611, 1000, 0, now(),
                     array_remove(string_to_array('{named}', ' '), ''))
             """);

    private sealed class Broken : INoticeChannel
    {
        public Task WriteAsync(
            NpgsqlConnection connection,
            IReadOnlyList<ThresholdEventRow> rows,
            DateTimeOffset now,
            CancellationToken ct) =>
            throw new InvalidOperationException("broken");
    }
}
