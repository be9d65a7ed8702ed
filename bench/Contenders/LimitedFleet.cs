using Sluice.Bench.Peers;
using Sluice.LoadTest.Fleets;
using Sluice.LoadTest.Management;

namespace Sluice.Bench.Contenders;

/// <summary>
/// A fleet of the same shape as the peers' and with as many limits: on each key, project and tenant, too high to refuse
/// anything.
/// </summary>
internal static class LimitedFleet
{
    private const decimal ProjectAmount = 1_000_000;

    private static object[] Prices =>
        [new { model = "*", metric = "text_tokens", per = 1_000_000, amount = 0.6m, credits = 0.6m }];

    public static async Task<Fleet> BuildAsync(
        ManagementCalls calls, TimeProvider time, CancellationToken cancellation)
    {
        var management = new ManagementClient(calls);
        var plan = new FleetPlan(
            "bench", Seed: 1, PeerScopes.Tenants, PeerScopes.ProjectsPerTenant, PeerScopes.KeysPerProject);
        await management.PutPriceBookAsync(
            time.GetUtcNow(), ManagementClient.Currency, Prices, cancellation);
        var fleet = await new FleetBuilder(management, time).BuildAsync(plan, cancellation);
        foreach (var tenant in fleet.Tenants)
        {
            await management.BlockTokensAsync(tenant.Id, PeerScopes.LimitTokens, cancellation);
            foreach (var project in tenant.Projects)
            {
                await management.BlockAmountAsync(tenant.Id, project.Id, ProjectAmount, cancellation);
                foreach (var key in project.Keys)
                    await management.BlockKeyTokensAsync(tenant.Id, key.Id, PeerScopes.LimitTokens, cancellation);
            }
        }

        return fleet;
    }
}
