using Sluice.LoadTest.Management;

namespace Sluice.LoadTest.Fleets;

/// <summary>The number of tenants, projects and keys that a run wants.</summary>
/// <param name="RunId">The prefix of the billing account ids, by which the tenants are found again.</param>
/// <param name="Seed">Spreads events over keys.</param>
/// <param name="Tenants">Tenants.</param>
/// <param name="ProjectsPerTenant">Projects in addition to the tenant's <c>Default</c>.</param>
/// <param name="KeysPerProject">Project keys.</param>
internal sealed record FleetPlan(string RunId, long Seed, int Tenants, int ProjectsPerTenant, int KeysPerProject)
{
    /// <summary>The currency of the tenants.</summary>
    public string Currency { get; init; } = ManagementClient.Currency;
}
