using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Management.Lists;

/// <summary>Keys, members and tenants are searched, sorted and paged.</summary>
[Collection<MembersNode>]
public sealed class ListOrderTests(NodeHost host)
{
    private readonly ApiCaller _api = host.Operator();

    [Theory]
    [InlineData("", "delta Bravo alpha Charlie")]
    [InlineData("sort=createdAt", "delta Bravo alpha Charlie")]
    [InlineData("sort=-createdAt", "Charlie alpha Bravo delta")]
    [InlineData("sort=name", "alpha Bravo Charlie delta")]
    [InlineData("sort=-name", "delta Charlie Bravo alpha")]
    // Never used comes before every use, never expiring after every expiry.
    [InlineData("sort=lastUsedAt", "delta Charlie alpha Bravo")]
    [InlineData("sort=-lastUsedAt", "Bravo alpha Charlie delta")]
    [InlineData("sort=expiresAt", "Charlie delta alpha Bravo")]
    [InlineData("sort=-expiresAt", "Bravo alpha delta Charlie")]
    public async Task Keys_AreSorted_InPagesOfAnySize(string query, string names)
    {
        var keys = await KeysAsync();
        var ofTenant = $"{keys.Split("/projects/")[0]}/keys";
        var ids = await IdsAsync(keys);
        // The ids of equal keys decide: two were never used, two never expire.
        var expected = names.Split(' ').ToList();
        if (query.Contains("lastUsedAt", StringComparison.Ordinal))
            SortTies(expected, ids, "delta", "Charlie", query);
        if (query.Contains("expiresAt", StringComparison.Ordinal))
            SortTies(expected, ids, "alpha", "Bravo", query);

        foreach (var path in new[] { keys, ofTenant })
        {
            foreach (var limit in new[] { 1, 2, 3, 50 })
                Assert.Equal(expected, await PagesAsync(path, $"{query}&limit={limit}", "name"));
        }
    }

    /// <summary>Mails too: those of the tenant, and all of a tenant for the operator.</summary>
    [Fact]
    public async Task Mails_AreListedFromEitherEnd_InPagesOfAnySize()
    {
        var customer = await Customer.CreateAsync(host);
        foreach (var number in (int[])[1, 2, 3])
        {
            (await _api.PostAsync(
                $"{customer.TenantPath}/notifications/test", new { email = $"{number}@example.com" }))
                .Is(HttpStatusCode.Created);
        }

        foreach (var (path, of) in ((string, string)[])
            [($"{customer.TenantPath}/notifications", ""), ("/api/v1/notifications", $"tenant={customer.TenantId}&")])
        {
            var oldest = await PagesAsync(path, of, "messageId");
            Assert.Equal(3, oldest.Count);
            foreach (var limit in new[] { 1, 2, 50 })
            {
                Assert.Equal(oldest, await PagesAsync(path, $"{of}sort=createdAt&limit={limit}", "messageId"));
                Assert.Equal(
                    Enumerable.Reverse(oldest),
                    await PagesAsync(path, $"{of}sort=-createdAt&limit={limit}", "messageId"));
            }

            (await _api.GetAsync($"{path}?{of}sort=state")).BreaksRules("sort: one-of");
        }
    }

    [Fact]
    public async Task APage_FollowsTheOneBefore_AlthoughItsLastKeyHasChanged()
    {
        var keys = await KeysAsync();
        var first = (await _api.GetAsync($"{keys}?sort=name&limit=2")).Is(HttpStatusCode.OK);
        var last = first.Items()[^1].GetProperty("id").GetString();

        (await _api.PatchAsync($"{keys}/{last}", new { name = "zulu" })).Is(HttpStatusCode.OK);

        // Bravo is zulu now, and last; nothing is left out.
        Assert.Equal(
            ["Charlie", "delta", "zulu"],
            (await _api.GetAsync($"{keys}?sort=name&limit=5&after={first.String("next")}")).Texts("name"));
        (await _api.DeleteAsync($"{keys}/{last}")).Is(HttpStatusCode.NoContent);
        Assert.Equal(
            ["Charlie", "delta"],
            (await _api.GetAsync($"{keys}?sort=name&limit=5&after={first.String("next")}")).Texts("name"));
    }

    [Theory]
    [InlineData("LPH", "alpha")]
    [InlineData("a", "Bravo alpha Charlie delta")]
    [InlineData("%", "")]
    [InlineData("_", "")]
    [InlineData("\\", "")]
    [InlineData("' or 1=1 --", "")]
    public async Task ASearch_IsForAPartOfTheName_IgnoringCase_AndNoPattern(string search, string names)
    {
        var keys = await KeysAsync();

        var found = await _api.GetAsync($"{keys}?search={Uri.EscapeDataString(search)}");

        Assert.Equal(
            names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), found.Texts("name").Order());
    }

    [Fact]
    public async Task ASearch_FindsIdsByTheirStart()
    {
        var keys = await KeysAsync();
        var id = (await IdsAsync(keys))["alpha"];

        Assert.Equal(["alpha"], (await _api.GetAsync($"{keys}?search={id}")).Texts("name"));
        Assert.Contains("alpha", (await _api.GetAsync($"{keys}?search={id[..6]}")).Texts("name"));
        Assert.Empty((await _api.GetAsync($"{keys}?search=m{id[1..]}")).Items());
    }

    [Theory]
    [InlineData("sort=size", "sort: one-of")]
    [InlineData("sort=--name", "sort: one-of")]
    [InlineData("sort=Name", "sort: one-of")]
    [InlineData("sort=name&after=k0000000001a", "after: id-form")]
    [InlineData("after=bmFtZQo", "after: id-form")]
    [InlineData("search=12345678901234567890123456789012345678901234567890"
        + "123456789012345678901234567890123456789012345678901", "search: too-long")]
    [InlineData("search=%00", "search: text-form")]
    [InlineData("limit=0", "limit: range")]
    public async Task EveryRule_IsNamedWithItsField(string query, string broken)
    {
        var keys = await _api.KeysPathAsync();
        var tenant = keys.Split("/projects/")[0];
        foreach (var path in new[] { keys, $"{tenant}/keys", $"{tenant}/members", "/api/v1/tenants" })
            (await _api.GetAsync($"{path}?{query}")).BreaksRules(broken);
    }

    [Fact]
    public async Task ACursor_IsOfItsOwnOrder()
    {
        var keys = await KeysAsync();
        var next = (await _api.GetAsync($"{keys}?sort=name&limit=1")).String("next");

        (await _api.GetAsync($"{keys}?sort=-name&after={next}")).BreaksRules("after: id-form");
        (await _api.GetAsync($"{keys}?after={next}")).BreaksRules("after: id-form");
        (await _api.GetAsync($"{keys}?sort=lastUsedAt&after={next}")).BreaksRules("after: id-form");
        (await _api.GetAsync($"{keys.Split("/projects/")[0]}/members?sort=lastUsedAt")).BreaksRules("sort: one-of");
    }

    [Fact]
    public async Task KeysOfATenant_AreNarrowedByKindAndProject()
    {
        var owner = await Person.OwnerAsync(host);
        var project = await owner.OpenProjectAsync(host);
        var personal = await owner.TakeKeyAsync();
        var path = $"{owner.TenantPath}/keys";

        Assert.Equal(
            new[] { project.Key, personal.String("id") }.Order(), (await _api.GetAsync(path)).Texts("id").Order());
        Assert.Equal([personal.String("id")], (await _api.GetAsync($"{path}?kind=personal")).Texts("id"));
        Assert.Equal([project.Key], (await _api.GetAsync($"{path}?kind=project")).Texts("id"));
        Assert.Equal([project.Key], (await _api.GetAsync($"{path}?project={project.Project}")).Texts("id"));
        Assert.Empty((await _api.GetAsync($"{path}?kind=seat")).Items());
        (await _api.GetAsync($"{path}?kind=x&project=y")).BreaksRules("kind: one-of", "project: id-form");
    }

    [Fact]
    public async Task KeysOfATenant_AreThoseThatTheCallerMaySee()
    {
        var owner = await Person.OwnerAsync(host);
        var (lead, member) = (await owner.HireAsync(host), await owner.HireAsync(host));
        var (own, other) = (await owner.OpenProjectAsync(host), await owner.OpenProjectAsync(host));
        await lead.PutIntoAsync(host, own.Project, "project_administrator");
        await member.PutIntoAsync(host, own.Project);
        var (leads, members) = (await lead.TakeKeyAsync(), await member.TakeKeyAsync());
        var path = $"{owner.TenantPath}/keys";

        Assert.Equal(4, (await owner.Api.GetAsync(path)).Items().Count);
        Assert.Equal(
            new[] { own.Key, leads.String("id") }.Order(), (await lead.Api.GetAsync(path)).Texts("id").Order());
        Assert.Equal([members.String("id")], (await member.Api.GetAsync(path)).Texts("id"));
        Assert.Empty((await member.Api.GetAsync($"{path}?project={own.Project}")).Items());
        (await lead.Api.GetAsync($"{path}?project={other.Project}")).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await member.Api.GetAsync($"{(await Person.OwnerAsync(host)).TenantPath}/keys"))
            .IsProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Members_AreSearchedByNameEmailAndId_AndSorted()
    {
        var owner = await Person.OwnerAsync(host);
        foreach (var (userName, email) in new[] { ("Zoe", "zoe@one.example"), ("bob", "robert@two.example") })
        {
            (await owner.Api.PostAsync(owner.MembersPath(), new { userName, email, role = "member" }))
                .Is(HttpStatusCode.Created);
        }

        Assert.Equal(["ada", "bob", "Zoe"], await PagesAsync(owner.MembersPath(), "sort=name&limit=1", "userName"));
        Assert.Equal(["bob", "Zoe", "ada"], await PagesAsync(owner.MembersPath(), "sort=-createdAt", "userName"));
        Assert.Equal(["bob"], await PagesAsync(owner.MembersPath(), "search=ROBERT", "userName"));
        Assert.Equal(["ada"], await PagesAsync(owner.MembersPath(), $"search={owner.MemberId}", "userName"));
    }

    [Fact]
    public async Task Tenants_AreSearchedByNameAccountAndId_AndSorted()
    {
        var mark = Guid.NewGuid().ToString("n");
        foreach (var name in new[] { "Sun", "moon", "Earth" })
        {
            var request = new
            {
                name = $"{name} {mark}",
                billingAccountId = $"{name}-{mark}",
                timeZone = "UTC",
                language = "en",
                currency = "EUR",
                owner = new { userName = "ada", email = "ada@example.com" },
            };
            (await _api.PostAsync("/api/v1/tenants", request)).Is(HttpStatusCode.Created);
        }

        Assert.Equal(
            [$"Earth {mark}", $"moon {mark}", $"Sun {mark}"],
            await PagesAsync("/api/v1/tenants", $"search={mark}&sort=name&limit=2", "name"));
        Assert.Equal(
            [$"moon {mark}"], await PagesAsync("/api/v1/tenants", $"search=MOON-{mark}&sort=-createdAt", "name"));
        var id = (await PagesAsync("/api/v1/tenants", $"search={mark}&sort=name", "id"))[0];
        Assert.Equal([$"Earth {mark}"], await PagesAsync("/api/v1/tenants", $"search={id}", "name"));
    }

    private static void SortTies(List<string> names, Dictionary<string, string> ids, string a, string b, string query)
    {
        var first = Math.Min(names.IndexOf(a), names.IndexOf(b));
        var ascending = string.CompareOrdinal(ids[a], ids[b]) < 0 ? (a, b) : (b, a);
        (names[first], names[first + 1]) = query.Contains("=-", StringComparison.Ordinal)
            ? (ascending.Item2, ascending.Item1)
            : ascending;
    }

    /// <summary>Creates four keys: two were used, and two expire.</summary>
    private async Task<string> KeysAsync()
    {
        var keys = await _api.KeysPathAsync();
        foreach (var (name, expiresAt, usedAt) in new (string, string?, string?)[]
        {
            ("delta", "2090-02-01T00:00:00Z", null),
            ("Bravo", null, "2026-11-02T00:00:00Z"),
            ("alpha", null, "2026-11-01T00:00:00.123456Z"),
            ("Charlie", "2090-01-01T00:00:00Z", null),
        })
        {
            var key = (await _api.PostAsync(keys, new { name, expiresAt })).Is(HttpStatusCode.Created);
            await host.QueryAsync<int>(
                "update api_key set last_used_at = $1::timestamptz where id = $2",
                usedAt is null ? DBNull.Value : DateTimeOffset.Parse(usedAt),
                Scene.IdOf(key.String("id")));
        }

        return keys;
    }

    private async Task<Dictionary<string, string>> IdsAsync(string keys) =>
        (await _api.GetAsync(keys)).Items().ToDictionary(
            static key => key.GetProperty("name").GetString()!, static key => key.GetProperty("id").GetString()!);

    /// <summary>Reads all pages of a list.</summary>
    private async Task<List<string>> PagesAsync(string path, string query, string field)
    {
        var seen = new List<string>();
        var next = "";
        do
        {
            var page = await _api.GetAsync($"{path}?{query}&after={Uri.EscapeDataString(next)}");
            seen.AddRange(page.Texts(field));
            next = page["next"].GetString();
        }
        while (next is not null && seen.Count < 100);
        return seen;
    }
}
