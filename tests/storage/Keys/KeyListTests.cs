using Dapper;
using Sluice.Metering.Identity;
using Sluice.Metering.Keys;
using Xunit;

namespace Sluice.Storage.Control.Keys;

/// <summary>Pages of a tenant with ten thousand keys.</summary>
public sealed class KeyListTests(ControlDatabase database) : IClassFixture<ControlDatabase>, IAsyncLifetime
{
    private const int Keys = 10_000;
    private const long TenantId = 7;
    private const long ProjectId = 8;

    private readonly KeyStore _store = new(database.Source, TimeProvider.System);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Adds the keys: a tenth of them was used, another tenth expires, many have equal times.</summary>
    public async ValueTask InitializeAsync()
    {
        await using var owner = await database.Owner.OpenConnectionAsync(Cancellation);
        await owner.ExecuteAsync(
            """
            insert into tenant values (@TenantId, 'T', 'b', 'UTC', 'en', 'EUR', 0, now(), now()) on conflict do nothing;
            insert into project (id, tenant_id, name, is_default, created_at)
            values (@ProjectId, @TenantId, 'P', true, now()) on conflict do nothing;
            insert into api_key
              (id, tenant_id, project_id, kind, name, secret_hash, created_at, last_used_at, expires_at)
            select n, @TenantId, @ProjectId, 1, 'Key ' || md5(n::text), sha256('s'),
                   timestamptz '2026-01-01' + (n / 3) * interval '1 ms',
                   case when n % 10 = 0 then timestamptz '2026-02-01' + n / 7 * interval '1 us' end,
                   case when n % 10 = 1 then timestamptz '2090-01-01' + n / 7 * interval '1 day' end
            from generate_series(1, @Keys) n on conflict do nothing;
            analyze api_key;
            """,
            new { TenantId, ProjectId, Keys });
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(ListOrder.CreatedAt, false)]
    [InlineData(ListOrder.CreatedAt, true)]
    [InlineData(ListOrder.Name, false)]
    [InlineData(ListOrder.Name, true)]
    [InlineData(ListOrder.LastUsedAt, false)]
    [InlineData(ListOrder.LastUsedAt, true)]
    [InlineData(ListOrder.ExpiresAt, false)]
    [InlineData(ListOrder.ExpiresAt, true)]
    public async Task EachPage_ContinuesTheOneBefore(ListOrder order, bool isDescending)
    {
        var seen = new List<StoredKey>();
        var list = new ListRequest { Limit = 500, Order = order, IsDescending = isDescending };
        bool hasMore;
        do
        {
            var found = await _store.ListAsync(TenantId, new(null, null, null), list, Cancellation);
            Assert.False(found.IsError(out _, out var page));
            seen.AddRange(page.Items);
            hasMore = page.HasMore;
            list = list with { After = new(seen[^1].Id, ValueOf(seen[^1], order)) };
        }
        while (hasMore && seen.Count <= Keys);

        Assert.Equal(Keys, seen.Select(static key => key.Id).Distinct().Count());
        var sorted = seen.OrderBy(key => SortedBy(key, order), Comparer<IComparable>.Default)
            .ThenBy(static key => key.Id).Select(static key => key.Id).ToList();
        if (isDescending)
            sorted.Reverse();
        Assert.Equal(sorted, seen.Select(static key => key.Id));
    }

    [Theory]
    [InlineData(ListOrder.CreatedAt, "api_key_of_tenant_by_creation")]
    [InlineData(ListOrder.Name, "api_key_of_tenant_by_name")]
    [InlineData(ListOrder.ExpiresAt, "api_key_of_tenant_by_expiry")]
    public async Task APageOfATenant_IsReadFromAnIndex_WhereverItIs(ListOrder order, string index)
    {
        var value = order switch
        {
            ListOrder.Name => "key 8",
            ListOrder.ExpiresAt => "infinity",
            _ => "2026-01-01T00:00:02.0000000Z",
        };
        foreach (var after in new[] { null, new ListPosition(6_000, value) })
        {
            var plan = await PlanAsync(new() { Limit = 50, Order = order, After = after }, new(null, null, null));

            Assert.Contains($"Index Scan using {index}", plan);
            Assert.DoesNotContain("Sort", plan);
        }
    }

    [Theory]
    [InlineData(ListOrder.CreatedAt)]
    [InlineData(ListOrder.Name)]
    public async Task APageOfAProject_IsReadFromAnIndex(ListOrder order)
    {
        var plan = await PlanAsync(new() { Limit = 50, Order = order }, new(ProjectId, KeyKind.Project, null));

        Assert.Contains("Index Scan using api_key_", plan);
        Assert.DoesNotContain("Seq Scan on api_key", plan);
    }

    [Fact]
    public async Task ASearch_FindsANameAnywhere_AndIdsByTheirStart()
    {
        var id = IdText.Format(IdText.Key, 4_321);

        var byId = await _store.ListAsync(TenantId, new(null, null, null), Searching(id), Cancellation);
        var byStart = await _store.ListAsync(TenantId, new(null, null, null), Searching(id[..11]), Cancellation);

        Assert.False(byId.IsError(out _, out var one));
        Assert.Equal([4_321], one.Items.Select(static key => key.Id));
        Assert.False(byStart.IsError(out _, out var many));
        Assert.Equal(
            Enumerable.Range(1, Keys).Select(static n => (long)n)
                .Where(n => IdText.Format(IdText.Key, n).StartsWith(id[..11], StringComparison.Ordinal)),
            many.Items.Select(static key => key.Id).Order());

        static ListRequest Searching(string text) => new()
        {
            Limit = 500,
            Search = text,
            Ids = IdText.TryParseStart(IdText.Key, text, out var first, out var last) ? (first, last) : default,
        };
    }

    private static string? ValueOf(StoredKey key, ListOrder order) => order switch
    {
        ListOrder.Name => key.Name,
        ListOrder.LastUsedAt => key.LastUsedAt is { } used ? $"{used.UtcDateTime:O}" : "-infinity",
        ListOrder.ExpiresAt => key.ExpiresAt is { } expiry ? $"{expiry.UtcDateTime:O}" : "infinity",
        _ => null,
    };

    private static IComparable SortedBy(StoredKey key, ListOrder order) => order switch
    {
        // Names differ after their first four characters, in digits and letters that sort alike everywhere.
        ListOrder.Name => key.Name[4..],
        ListOrder.LastUsedAt => key.LastUsedAt ?? DateTimeOffset.MinValue,
        ListOrder.ExpiresAt => key.ExpiresAt ?? DateTimeOffset.MaxValue,
        _ => key.CreatedAt,
    };

    private async Task<string> PlanAsync(ListRequest list, KeyFilter filter)
    {
        await using var db = await database.Source.OpenConnectionAsync(Cancellation);
        var lines = await db.QueryAsync<string>(
            $"explain {KeyStore.SqlOf(list)}", KeyStore.ValuesOf(TenantId, filter, list, DateTimeOffset.UnixEpoch));
        return string.Join('\n', lines);
    }
}
