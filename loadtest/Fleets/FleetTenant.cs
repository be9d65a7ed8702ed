namespace Sluice.LoadTest.Fleets;

/// <summary>A tenant of a run and its projects; its <c>Default</c> project stays empty and isn't listed.</summary>
internal sealed record FleetTenant(string Id, string BillingAccountId, IReadOnlyList<FleetProject> Projects);
