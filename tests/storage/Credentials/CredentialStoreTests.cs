using System.Security.Cryptography;
using System.Text;
using Sluice.Metering.Keys;
using Sluice.Storage.Ledger;
using Xunit;

namespace Sluice.Storage.Control.Credentials;

public sealed class CredentialStoreTests(MeteringDatabase database) : IClassFixture<MeteringDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private CredentialStore Store => new(database.Source);

    [Fact]
    public async Task AProjectKey_TellsWhatItCountsIn()
    {
        var holder = await KeyHolder.CreateAsync(database);
        var key = await holder.AddProjectKeyAsync();

        var found = await Store.FindAsync(key, Cancellation);

        Assert.NotNull(found);
        Assert.Equal(
            (key, KeyKind.Project, holder.TenantId, holder.ProjectId, 0L, 0L),
            (found.KeyId, found.Kind, found.TenantId, found.ProjectId, found.SeatId, found.MemberId));
        Assert.Equal(("Asia/Tokyo", "JPY"), (found.TimeZone, found.Currency));
        Assert.Equal(SHA256.HashData("secret"u8), found.SecretHash);
        Assert.Equal((null, 0L, 0L), (found.PreviousHash, found.PreviousUntilMs, found.ExpiresAtMs));
    }

    [Fact]
    public async Task PersonalAndSeatKeys_TellTheirHolders()
    {
        var holder = await KeyHolder.CreateAsync(database);
        var personal = await Store.FindAsync(await holder.AddPersonalKeyAsync(), Cancellation);
        var (seatId, seatKeyId) = await holder.AddSeatKeyAsync();
        var seat = await Store.FindAsync(seatKeyId, Cancellation);

        Assert.Equal((KeyKind.Personal, 0L, 0L, holder.MemberId),
            (personal!.Kind, personal.ProjectId, personal.SeatId, personal.MemberId));
        Assert.Equal((KeyKind.Seat, 0L, seatId, holder.MemberId),
            (seat!.Kind, seat.ProjectId, seat.SeatId, seat.MemberId));
    }

    [Fact]
    public async Task GraceAndExpiry_AreReadToTheMillisecond()
    {
        var holder = await KeyHolder.CreateAsync(database);
        var key = await holder.AddProjectKeyAsync();
        await database.ExecuteAsync(
            $"""
             update api_key set previous_hash = sha256('before'::bytea), previous_until = '2026-07-15 00:00:01.234Z',
               expires_at = '2026-07-16Z' where id = {key}
             """);

        var found = await Store.FindAsync(key, Cancellation);

        Assert.Equal(SHA256.HashData("before"u8), found!.PreviousHash);
        Assert.Equal(MeteringDatabase.NowMs + 1_234, found.PreviousUntilMs);
        Assert.Equal(MeteringDatabase.NowMs + 86_400_000, found.ExpiresAtMs);
    }

    [Theory]
    [InlineData("null", 86_400_000)]
    [InlineData("'2026-07-15 00:00:09Z'", 9_000)]
    [InlineData("'2026-07-17Z'", 86_400_000)]
    public async Task ASeatKey_EndsWithItsPlan_OrBefore(string expiresAt, long endsAfterMs)
    {
        var holder = await KeyHolder.CreateAsync(database);
        var (_, key) = await holder.AddSeatKeyAsync();
        await database.ExecuteAsync(
            $"""
             update subscription set expires_at = '2026-07-16Z' where tenant_id = {holder.TenantId};
             update api_key set expires_at = {expiresAt} where id = {key}
             """);

        var found = await Store.FindAsync(key, Cancellation);

        Assert.Equal(MeteringDatabase.NowMs + endsAfterMs, found!.ExpiresAtMs);
    }

    [Theory]
    [InlineData("member_id = null, assigned_at = null")]
    [InlineData("member_id = {other}")]
    public async Task ASeatKey_IsItsMembersWhileThatMemberHoldsTheSeat(string change)
    {
        var holder = await KeyHolder.CreateAsync(database);
        var (seat, key) = await holder.AddSeatKeyAsync();
        var other = await holder.AddMemberAsync();

        await EndsAfterAsync(
            KeyEnd.Reclaimed,
            holder,
            key,
            $"update seat set {change.Replace("{other}", $"{other}", StringComparison.Ordinal)} where id = {seat}");
    }

    [Fact]
    public async Task SecretsThatWereReplaced_AreRead_TheLatestFirst_UpToABound()
    {
        var holder = await KeyHolder.CreateAsync(database);
        var key = await holder.AddProjectKeyAsync();
        await database.ExecuteAsync(
            $"""
             insert into retired_secret (key_id, secret_hash, retired_at)
             select {key}, sha256(n::text::bytea), '2026-07-15Z'::timestamptz + n * interval '1 second'
             from generate_series(1, {RetiredSecret.ReadMax + 4}) n
             """);

        var retired = (await Store.FindAsync(key, Cancellation))!.Retired;

        Assert.Equal(RetiredSecret.ReadMax, retired.Count);
        Assert.Equal(SHA256.HashData(Encoding.UTF8.GetBytes($"{RetiredSecret.ReadMax + 4}")), retired[0].Hash);
        Assert.Equal(MeteringDatabase.NowMs + (1_000 * (RetiredSecret.ReadMax + 4)), retired[0].AtMs);
        Assert.Null(await Store.FindAsync(1, Cancellation));
    }

    [Fact]
    public async Task TheKeysOfASubscription_AreThoseThatItsSeatsHaveOrHad()
    {
        var holder = await KeyHolder.CreateAsync(database);
        var (_, key) = await holder.AddSeatKeyAsync();
        await database.ExecuteAsync($"update api_key set deleted_at = now() where id = {key}");
        await holder.AddSeatKeyAsync(await holder.AddMemberAsync());
        var plan = await database.RowsAsync(
            $"select s.subscription_id from seat s join api_key k on k.seat_id = s.id where k.id = {key}");

        Assert.Equal([key], await Store.KeysOfSubscriptionAsync(long.Parse(plan[0]), Cancellation));
    }

    [Theory]
    [InlineData(KeyEnd.Deleted, "update api_key set deleted_at = now() where id = {key}")]
    [InlineData(KeyEnd.Suspended, "update tenant set state = 1 where id = {tenant}")]
    [InlineData(KeyEnd.Deleted, "update tenant set state = 2 where id = {tenant}")]
    [InlineData(KeyEnd.Deleted, "update project set deleted_at = now() where id = {project}")]
    public async Task AProjectKey_IsNotUsable_After(KeyEnd end, string change)
    {
        var holder = await KeyHolder.CreateAsync(database);
        await EndsAfterAsync(end, holder, await holder.AddProjectKeyAsync(), change);
    }

    [Theory]
    [InlineData(KeyEnd.Deleted, "update member set removed_at = now() where id = {member}")]
    [InlineData(KeyEnd.Suspended, "update tenant set state = 1 where id = {tenant}")]
    [InlineData(KeyEnd.Deleted, "update api_key set deleted_at = now() where id = {key}")]
    public async Task PersonalAndSeatKeys_AreNotUsable_After(KeyEnd end, string change)
    {
        var holder = await KeyHolder.CreateAsync(database);
        await EndsAfterAsync(end, holder, await holder.AddPersonalKeyAsync(), change);

        var another = await KeyHolder.CreateAsync(database);
        await EndsAfterAsync(end, another, (await another.AddSeatKeyAsync()).Key, change);
    }

    [Fact]
    public async Task AResumedTenantsKeys_WorkAgain_AndItsZoneIsKnownAllTheTime()
    {
        var holder = await KeyHolder.CreateAsync(database);
        var key = await holder.AddProjectKeyAsync();
        await EndsAfterAsync(KeyEnd.Suspended, holder, key, "update tenant set state = 1 where id = {tenant}");
        Assert.Equal("Asia/Tokyo", await Store.TimeZoneOfAsync(holder.TenantId, Cancellation));

        await database.ExecuteAsync($"update tenant set state = 0 where id = {holder.TenantId}");

        Assert.Equal(KeyEnd.None, (await Store.FindAsync(key, Cancellation))!.End);
        Assert.Null(await Store.TimeZoneOfAsync(1, Cancellation));
    }

    [Fact]
    public async Task LastUse_OnlyMovesForward_AndTellsWhetherTheOldSecretIsStillUsed()
    {
        var holder = await KeyHolder.CreateAsync(database);
        var (one, two) = (await holder.AddProjectKeyAsync(), await holder.AddProjectKeyAsync());

        await Store.NoteUseAsync([new KeyUse(one, 2_000, true), new KeyUse(two, 2_000, false)], Cancellation);
        await Store.NoteUseAsync([new KeyUse(one, 1_000, false), new KeyUse(two, 3_000, false)], Cancellation);

        Assert.Equal(
            ["2.000|2.000", "3.000|"],
            await database.RowsAsync(
                $"""
                 select round(extract(epoch from last_used_at), 3), round(extract(epoch from previous_used_at), 3)
                 from api_key where id in ({one}, {two}) order by id = {two}
                 """));
    }

    [Fact]
    public async Task TheKeysUsedLast_AreThoseThatLiveAndWereUsedLately_TheNewestFirst()
    {
        var holder = await KeyHolder.CreateAsync(database);
        var keys = new List<long>();
        foreach (var secondsAgo in (int[])[20, 10, 30, 90, 5])
        {
            keys.Add(await holder.AddProjectKeyAsync());
            await database.ExecuteAsync(
                $"update api_key set last_used_at = now() - interval '{secondsAgo} s' where id = {keys[^1]}");
        }

        await database.ExecuteAsync($"update api_key set deleted_at = now() where id = {keys[4]}");

        var minute = TimeSpan.FromMinutes(1);
        Assert.Equal([keys[1], keys[0], keys[2]], await Store.LastUsedAsync(minute, 10, Cancellation));
        Assert.Equal([keys[1], keys[0]], await Store.LastUsedAsync(minute, 2, Cancellation));
    }

    /// <summary>Asserts that a key ends with a change, and says why; what it counted in is still known.</summary>
    private async Task EndsAfterAsync(KeyEnd end, KeyHolder holder, long key, string change)
    {
        var before = (await Store.FindAsync(key, Cancellation))!;
        Assert.Equal(KeyEnd.None, before.End);
        await database.ExecuteAsync(change
            .Replace("{key}", $"{key}", StringComparison.Ordinal)
            .Replace("{tenant}", $"{holder.TenantId}", StringComparison.Ordinal)
            .Replace("{project}", $"{holder.ProjectId}", StringComparison.Ordinal)
            .Replace("{member}", $"{holder.MemberId}", StringComparison.Ordinal));
        var after = (await Store.FindAsync(key, Cancellation))!;
        Assert.Equal(end, after.End);
        Assert.Equal(
            (before.TenantId, before.ProjectId, before.SeatId, before.MemberId),
            (after.TenantId, after.ProjectId, after.SeatId, after.MemberId));
    }
}
