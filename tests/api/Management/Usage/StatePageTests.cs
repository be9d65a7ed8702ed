using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Engine.Authorities;
using Xunit;

namespace Sluice.Api.Tests.Management.Usage;

/// <summary>The live state of a tenant with very many keys, which costs only its own reads.</summary>
public sealed class StatePageTests(NodeHost host) : IClassFixture<NodeHost>
{
    [Fact]
    public async Task ATenantWithManyKeys_IsReadInPages_WithoutStartingItsAuthorities()
    {
        var customer = await Customer.CreateAsync(host);
        (await customer.UseAsync(60)).Is(HttpStatusCode.OK);
        await AddKeysAsync(customer, 1_500);
        var authorities = host.Services.GetRequiredService<IAuthorityDirectory>();
        var before = authorities.Counts.Active;

        var first = (await customer.Operator.GetAsync($"{customer.TenantPath}/state")).Is(HttpStatusCode.OK);
        var second = (await customer.Operator.GetAsync($"{customer.TenantPath}/state?after={first.String("next")}"))
            .Is(HttpStatusCode.OK);

        Assert.Equal(1_000, first.Items().Count);
        Assert.Equal(503, second.Items().Count);
        Assert.Equal(customer.TenantId, first.Texts("scopeId")[0]);
        Assert.Equal(1_503, first.Texts("scopeId").Concat(second.Texts("scopeId")).Distinct().Count());
        Assert.Equal("null", second["next"].GetRawText());
        // What is active is the tenant, the project and the key that was used.
        Assert.InRange(authorities.Counts.Active - before, 0, 3);
        var live = await Eventually.BecomesAsync(
            () => customer.Operator.GetAsync($"{customer.TenantPath}/state?scopeId={customer.KeyId}"),
            static answer => answer.Text.Contains("\"used\":60,", StringComparison.Ordinal));
        Assert.Single(live.Items());
    }

    [Fact]
    public async Task APage_IsAsLongAsIsAskedFor_AndGoesOnBehindItsLastScope()
    {
        var customer = await Customer.CreateAsync(host);
        await AddKeysAsync(customer, 6);
        var path = $"{customer.TenantPath}/state";
        var all = (await customer.Operator.GetAsync(path)).Texts("scopeId");

        var found = new List<string>();
        for (var next = ""; next is not null;)
        {
            var page = (await customer.Operator.GetAsync($"{path}?limit=4&after={next}")).Is(HttpStatusCode.OK);
            Assert.InRange(page.Items().Count, 1, 4);
            found.AddRange(page.Texts("scopeId"));
            next = page["next"].GetString();
        }

        Assert.Equal(all, found);
        Assert.Equal(9, all.Count);
        (await customer.Operator.GetAsync($"{path}?limit=1001&after=x")).BreaksRules("after: id-form", "limit: range");
    }

    [Fact]
    public async Task ATenantThatReadsTooMuchAtOnce_IsRefused_AndOthersGoOn()
    {
        var (greedy, other) = (await Person.OwnerAsync(host), await Person.OwnerAsync(host));
        List<Task<Answer>> asked;
        await using (await ReportPlaceTests.LockAsync(host, "seat"))
        {
            asked = [.. Enumerable.Range(0, 50).Select(_ => greedy.Api.GetAsync($"{greedy.TenantPath}/state"))];
            for (var i = 0; i < 16; i++)
            {
                var first = await Task.WhenAny(asked);
                asked.Remove(first);
                (await first).IsProblem(HttpStatusCode.TooManyRequests, "too-many-state-reads");
            }

            (await other.Api.GetAsync($"{other.TenantPath}/projects")).Is(HttpStatusCode.OK);
        }

        // Those that had to wait for too long were ended; all others are answered.
        Assert.All(await Task.WhenAll(asked), static answer => Assert.Contains(
            answer.Status, new[] { HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable }));
    }

    [Fact]
    public async Task ATenantWithManyLimits_IsShownItsTightest()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 100);
        (await customer.UseAsync(60)).Is(HttpStatusCode.OK);
        await AddKeysAsync(customer, 1_100);
        await host.QueryAsync<int>(
            """
            insert into usage_limit (tenant_id, scope_kind, scope_id, metric, period, kind, source, value, created_at)
            select tenant_id, 3, id, 3, 0, 0, 4, 1000, now() from api_key where tenant_id = $1 and name <> $2
            """,
            Scene.IdOf(customer.TenantId),
            customer.KeyName);

        var answer = await Eventually.BecomesAsync(
            () => customer.Operator.GetAsync($"{customer.TenantPath}/state?tightest=1"),
            answer => answer.Texts("scopeId") is [var id] && id == customer.KeyId);

        Assert.Contains("\"used\":60,", answer.Text);
        Assert.Equal("null", answer["next"].GetRawText());
    }

    /// <summary>Adds keys that were never used, as many as only a script makes.</summary>
    private Task<int> AddKeysAsync(Customer customer, int count) => host.QueryAsync<int>(
        """
        insert into api_key (id, tenant_id, project_id, kind, name, secret_hash, created_at)
        select k.id + n * 1000003::bigint, k.tenant_id, k.project_id, k.kind, k.name || n,
          sha256((k.id || ' ' || n)::bytea), k.created_at
        from api_key k, generate_series(1, $2) n where k.id = $1
        """,
        Scene.IdOf(customer.KeyId),
        count);
}
