using Sluice.LoadTest.Management;

namespace Sluice.LoadTest.Fleets;

/// <summary>
/// Creates the tenants, projects and keys of a plan, or finds existing ones by name. The secret of an existing key is
/// unknown (the server shows it once), so the key is regenerated: same id, same counters, new secret.
/// </summary>
internal sealed class FleetBuilder(ManagementClient management, TimeProvider time)
{
    // Ids are remembered this long, so older usage of an existing run does not matter.
    private const int FoundAgainDays = 32;

    /// <exception cref="ManagementException">The server refused a step.</exception>
    public async Task<Fleet> BuildAsync(FleetPlan plan, CancellationToken cancellation)
    {
        var createdAt = time.GetUtcNow();
        var tenants = new List<FleetTenant>();
        for (var i = 1; i <= plan.Tenants; i++)
        {
            var account = $"{plan.RunId}-{i}";
            var (tenantId, found) = await management.EnsureTenantAsync(account, plan.Currency, cancellation);
            if (found)
                createdAt = time.GetUtcNow().AddDays(-FoundAgainDays);
            tenants.Add(new FleetTenant(tenantId, account, await EnsureProjectsAsync(tenantId, plan, cancellation)));
        }

        return new Fleet(plan.RunId, plan.Seed, createdAt, tenants);
    }

    private async Task<List<FleetProject>> EnsureProjectsAsync(
        string tenantId, FleetPlan plan, CancellationToken cancellation)
    {
        var existing = await management.ListProjectsAsync(tenantId, cancellation);
        var projects = new List<FleetProject>();
        for (var i = 1; i <= plan.ProjectsPerTenant; i++)
        {
            var name = $"project-{i}";
            var id = existing.GetValueOrDefault(name)
                ?? await management.CreateProjectAsync(tenantId, name, cancellation);
            var keys = await EnsureKeysAsync(tenantId, id, plan.KeysPerProject, cancellation);
            projects.Add(new FleetProject(id, name, keys));
        }

        return projects;
    }

    private async Task<List<FleetKey>> EnsureKeysAsync(
        string tenantId, string projectId, int count, CancellationToken cancellation)
    {
        var existing = await management.ListKeysAsync(tenantId, projectId, cancellation);
        var keys = new List<FleetKey>();
        for (var i = 1; i <= count; i++)
        {
            var name = $"key-{i}";
            if (existing.TryGetValue(name, out var id))
            {
                var secret = await management.RegenerateKeyAsync(tenantId, projectId, id, cancellation);
                keys.Add(new FleetKey(id, name, secret));
            }
            else
            {
                keys.Add(await management.CreateKeyAsync(tenantId, projectId, name, cancellation));
            }
        }

        return keys;
    }
}
