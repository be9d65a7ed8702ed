using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Engine.Authorities;
using Xunit;

namespace Sluice.Api.Tests.Hosting;

/// <summary>What the other tests rely on when they say that they run on a cluster.</summary>
public sealed class NodeHostTests(NodeHost host) : IClassFixture<NodeHost>
{
    private const int Customers = 12;

    [Fact]
    public async Task BothNodesAreMembers_AndBothHoldAuthoritiesOfTheTraffic()
    {
        var customers = await Task.WhenAll(
            Enumerable.Range(0, Customers).Select(_ => Customer.CreateAsync(host)));

        foreach (var customer in customers)
        {
            await customer.LimitTokensOfTenantAsync(10);
            (await customer.UseAsync(10)).Is(HttpStatusCode.OK);
            (await customer.UseAsync(1)).Is(HttpStatusCode.TooManyRequests);
        }

        Assert.Equal(2L, await host.QueryAsync<long>("select count(*) from cluster_member where status = 3"));
        Assert.All(host.Nodes, static node => Assert.NotEqual(0, node.GetRequiredService<AuthorityHost>().Count));
    }

    [Fact]
    public async Task TheRuntimesClock_IsNotTheOneThatTestsTurn()
    {
        host.Time.Turn(TimeSpan.FromDays(3));

        var customer = await Customer.CreateAsync(host);
        (await customer.UseAsync(1)).Is(HttpStatusCode.OK);
        await customer.SeesUsedAsync(1, customer.TenantId);
        Assert.Equal(2L, await host.QueryAsync<long>("select count(*) from cluster_member where status = 3"));
        Assert.All(host.Nodes, static node => Assert.Same(
            TimeProvider.System, node.GetRequiredKeyedService<TimeProvider>(TimeProviderNames.Membership)));
    }
}
