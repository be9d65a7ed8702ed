using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Engine.Authorities;
using Xunit;

namespace Sluice.Api.Tests.Hosting;

/// <summary>The properties of three nodes that the other tests rely on.</summary>
public sealed class NodeHostTests(ThreeNodes host) : IClassFixture<ThreeNodes>
{
    private const int Customers = 12;

    [Fact]
    public async Task AllNodesAreMembers_AndHoldAuthoritiesOfTheTraffic()
    {
        var customers = await Task.WhenAll(
            Enumerable.Range(0, Customers).Select(_ => Customer.CreateAsync(host)));

        foreach (var customer in customers)
        {
            await customer.LimitTokensOfTenantAsync(10);
            (await customer.UseAsync(10)).Is(HttpStatusCode.OK);
            (await customer.UseAsync(1)).Is(HttpStatusCode.TooManyRequests);
        }

        Assert.Equal(3L, await ActiveMembersAsync());
        Assert.Equal(3, host.Nodes.Count());
        Assert.All(host.Nodes, static node => Assert.NotEqual(0, node.GetRequiredService<AuthorityHost>().Count));
    }

    [Fact]
    public async Task TheRuntimesClock_IsNotTheOneThatTestsTurn()
    {
        host.Time.Turn(TimeSpan.FromDays(3));

        var customer = await Customer.CreateAsync(host);
        (await customer.UseAsync(1)).Is(HttpStatusCode.OK);
        await customer.SeesUsedAsync(1, customer.TenantId);
        Assert.Equal(3L, await ActiveMembersAsync());
        Assert.All(host.Nodes, static node => Assert.Same(
            TimeProvider.System, node.GetRequiredKeyedService<TimeProvider>(TimeProviderNames.Membership)));
    }

    private Task<long> ActiveMembersAsync() =>
        host.QueryAsync<long>("select count(*) from cluster_member where status = 3");
}
