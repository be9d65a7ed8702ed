using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Engine.Authorities;
using Xunit;

namespace Sluice.Api.Tests.Hosting;

/// <summary>The properties of three nodes that the other tests rely on.</summary>
public sealed class NodeHostTests(ThreeNodes host) : IClassFixture<ThreeNodes>
{
    /// <summary>Where an authority lives is drawn by lot: that a node has none of 60 is one in 10 billion.</summary>
    private const int CustomersMax = 60;

    [Fact]
    public async Task AllNodesAreMembers_AndHoldAuthoritiesOfTheTraffic()
    {
        Assert.Equal(3L, await ActiveMembersAsync());
        Assert.Equal(3, host.Nodes.Count());
        for (var customers = 0; customers < CustomersMax && NodesWithoutAuthorities() > 0; customers++)
        {
            var customer = await Customer.CreateAsync(host);
            await customer.LimitTokensOfTenantAsync(10);
            (await customer.UseAsync(10)).Is(HttpStatusCode.OK);
            (await customer.UseAsync(1)).Is(HttpStatusCode.TooManyRequests);
        }

        Assert.Equal(0, NodesWithoutAuthorities());
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

    private int NodesWithoutAuthorities() =>
        host.Nodes.Count(static node => node.GetRequiredService<AuthorityHost>().Count == 0);

    private Task<long> ActiveMembersAsync() =>
        host.QueryAsync<long>("select count(*) from cluster_member where status = 3");
}
