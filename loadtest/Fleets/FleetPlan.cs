namespace Sluice.LoadTest.Fleets;

/// <summary>How many of each a run wants.</summary>
/// <param name="RunId">Starts the billing account ids, which find the tenants again.</param>
/// <param name="Seed">Spreads events over keys.</param>
/// <param name="Tenants">Tenants.</param>
/// <param name="ProjectsPerTenant">Projects besides the tenant's <c>Default</c>.</param>
/// <param name="KeysPerProject">Project keys.</param>
internal sealed record FleetPlan(string RunId, long Seed, int Tenants, int ProjectsPerTenant, int KeysPerProject);
