using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Api.Management.Live;
using Xunit;

namespace Sluice.Api.Tests.Management.Live;

/// <summary>The state of a tenant as it changes, as server-sent events.</summary>
public sealed class LiveTests(NodeHost host) : IClassFixture<NodeHost>
{
    [Fact]
    public async Task AStream_BeginsWithTheState_AndSaysThatItIsOne()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 100);

        using var live = await OpenAsync(customer);

        Assert.Equal(HttpStatusCode.OK, live.Message.StatusCode);
        Assert.Equal("text/event-stream", live.Message.Content.Headers.ContentType!.MediaType);
        Assert.True(live.Message.Headers.CacheControl!.NoStore);
        Assert.Equal("no", Assert.Single(live.Message.Headers.GetValues("X-Accel-Buffering")));
        var state = (await customer.Operator.GetAsync($"{customer.TenantPath}/state")).Is(HttpStatusCode.OK);
        Assert.Equal(state.Text, (await live.SnapshotAsync()).Data.GetRawText());
    }

    [Fact]
    public async Task AChange_HasTheItemsThatHaveChanged_AndNoOthers()
    {
        var customer = await Customer.CreateAsync(host);
        var other = await customer.AnotherProjectAsync();
        using var live = await OpenAsync(customer);
        await live.SnapshotAsync();

        (await customer.UseAsync(7)).Is(HttpStatusCode.OK);

        var seen = new Dictionary<string, JsonElement>();
        await live.UntilAsync(change =>
        {
            foreach (var item in change.Items)
                seen[item.GetProperty("scopeId").GetString()!] = item;
            Assert.Empty(change.Data.GetProperty("removed").EnumerateArray());
            return seen.Count == 3;
        });
        Assert.Equal(
            new[] { customer.TenantId, customer.ProjectId, customer.KeyId }.Order(), seen.Keys.Order());
        Assert.DoesNotContain(other.KeyId, seen.Keys);
        Assert.Contains(seen[customer.KeyId].GetProperty("metrics").EnumerateArray(), static counter =>
            counter.GetProperty("metric").GetString() == "text_tokens" && counter.GetProperty("used").GetInt32() == 7);
        Assert.Equal(customer.KeyName, seen[customer.KeyId].GetProperty("name").GetString());
    }

    [Fact]
    public async Task WhatIsNew_Comes_AndWhatIsDeleted_IsNamed()
    {
        var customer = await Customer.CreateAsync(host);
        using var live = await OpenAsync(customer);
        await live.SnapshotAsync();

        var other = await customer.AnotherKeyAsync();
        await live.UntilAsync(change => change.ScopeIds.Contains(other.KeyId));
        (await customer.Operator.DeleteAsync(other.KeyPath)).Is(HttpStatusCode.NoContent);

        await live.UntilAsync(change => change.Data.GetProperty("removed").EnumerateArray()
            .Any(id => id.GetString() == other.KeyId));
    }

    [Fact]
    public async Task AReaderThatComesBack_GetsASnapshot_WhateverItHasSeen()
    {
        var customer = await Customer.CreateAsync(host);
        using var first = await OpenAsync(customer);
        var seen = await first.SnapshotAsync();

        foreach (var id in new[] { seen.Id, "999", "x" })
        {
            using var again = await LiveReader.OpenAsync(host, customer.TenantPath, NodeHost.OperatorToken, id);
            Assert.Equal(seen.ScopeIds, (await again.SnapshotAsync()).ScopeIds);
        }
    }

    [Fact]
    public async Task APlainMember_SeesItsOwn_AndWhatBecomesItsOwn()
    {
        var owner = await Person.OwnerAsync(host);
        var member = await owner.HireAsync(host);
        var (own, other) = (await owner.OpenProjectAsync(host), await owner.OpenProjectAsync(host));
        await member.PutIntoAsync(host, own.Project);
        using var live = await LiveReader.OpenAsync(host, owner.TenantPath, member.Token);

        var snapshot = await live.SnapshotAsync();

        var state = (await member.Api.GetAsync($"{owner.TenantPath}/state")).Is(HttpStatusCode.OK);
        Assert.Equal(state.Texts("scopeId"), snapshot.ScopeIds);
        Assert.Contains(own.Key, snapshot.ScopeIds);
        Assert.DoesNotContain(other.Key, snapshot.ScopeIds);
        await member.PutIntoAsync(host, other.Project);
        await live.UntilAsync(change => change.ScopeIds.Contains(other.Key));
        (await host.Operator().DeleteAsync(
            $"{owner.TenantPath}/projects/{other.Project}/members/{member.MemberId}")).Is(HttpStatusCode.NoContent);
        await live.UntilAsync(change => change.Data.GetProperty("removed").EnumerateArray()
            .Any(id => id.GetString() == other.Key));
    }

    [Fact]
    public async Task AStream_EndsWithItsCredential()
    {
        var owner = await Person.OwnerAsync(host);
        using var live = await LiveReader.OpenAsync(host, owner.TenantPath, owner.Token);
        await live.SnapshotAsync();

        (await owner.Api.DeleteAsync("/api/v1/session")).Is(HttpStatusCode.NoContent);

        await live.EndAsync().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task AStream_EndsWithItsTenant()
    {
        var customer = await Customer.CreateAsync(host);
        using var live = await OpenAsync(customer);
        await live.SnapshotAsync();

        (await customer.Operator.DeleteAsync(customer.TenantPath)).Is(HttpStatusCode.NoContent);

        await live.EndAsync();
        (await customer.Operator.GetAsync($"{customer.TenantPath}/live"))
            .IsProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task ATenant_HasSoManyListeners_WhichOccupyNoThread()
    {
        var customer = await Customer.CreateAsync(host);
        var open = new List<LiveReader>();
        try
        {
            for (var i = 0; i < LiveBounds.TenantMax; i++)
            {
                open.Add(await OpenAsync(customer));
                await open[^1].SnapshotAsync();
            }

            (await customer.Operator.GetAsync($"{customer.TenantPath}/live"))
                .IsProblem(HttpStatusCode.TooManyRequests, "too-many-listeners");
            (await customer.Operator.GetAsync($"{customer.TenantPath}/state")).Is(HttpStatusCode.OK);
            using (var stranger = await OpenAsync(await Customer.CreateAsync(host)))
                await stranger.SnapshotAsync();

            open[0].Dispose();
            var next = await Eventually.BecomesAsync(
                () => customer.Operator.GetAsync($"{customer.TenantPath}/live"),
                static answer => answer.Status == HttpStatusCode.OK);
            next.Is(HttpStatusCode.OK);
        }
        finally
        {
            open.ForEach(static reader => reader.Dispose());
        }
    }

    [Fact]
    public async Task ListenersOfATenant_ShareItsPolls_WhichEndWithTheLastOfThem()
    {
        var hub = host.Services.GetRequiredService<LiveHub>();
        var tenant = Scene.IdOf((await Customer.CreateAsync(host)).TenantId);
        Assert.False(hub.Join(tenant).IsError(out _, out var first));
        Assert.False(hub.Join(tenant).IsError(out _, out var second));
        Assert.Same(first.Feed, second.Feed);
        Assert.NotNull(await first.Feed.FirstAsync(TestContext.Current.CancellationToken));

        first.Dispose();
        first.Dispose();
        Assert.False(second.Feed.Look().HasEnded);
        second.Dispose();

        Assert.True(await Eventually.IsAsync(() => Task.FromResult(first.Feed.Look().HasEnded), true));
        Assert.False(hub.Join(tenant).IsError(out _, out var third));
        Assert.NotSame(first.Feed, third.Feed);
        third.Dispose();
    }

    [Fact]
    public async Task TheDocument_HasTheStream_WithTheSchemaOfAnItem()
    {
        var document = (await host.Anonymous().GetAsync("/openapi/v1.json")).Is(HttpStatusCode.OK);

        var content = document["paths"].GetProperty("/api/v1/tenants/{t}/live").GetProperty("get")
            .GetProperty("responses").GetProperty("200").GetProperty("content");

        Assert.EndsWith(
            "/GetStateItem",
            content.GetProperty("text/event-stream").GetProperty("schema").GetProperty("$ref").GetString());
    }

    private Task<LiveReader> OpenAsync(Customer customer) =>
        LiveReader.OpenAsync(host, customer.TenantPath, NodeHost.OperatorToken);
}
