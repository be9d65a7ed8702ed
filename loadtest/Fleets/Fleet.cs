using System.Text.Json.Serialization;

namespace Sluice.LoadTest.Fleets;

/// <summary>The tenants, projects and keys that belong to one run id, and to nobody else.</summary>
/// <param name="RunId">Whose they are.</param>
/// <param name="Seed">How events spread over the keys; a run that is repeated must spread them alike.</param>
/// <param name="CreatedAt">When the first tenant was asked for: no usage of the fleet is older.</param>
/// <param name="Tenants">In the order of creation.</param>
internal sealed record Fleet(
    string RunId, long Seed, DateTimeOffset CreatedAt, IReadOnlyList<FleetTenant> Tenants)
{
    /// <summary>All keys; an event's key index points in here.</summary>
    [JsonIgnore]
    public IReadOnlyList<FleetKey> Keys { get; } =
        [.. Tenants.SelectMany(tenant => tenant.Projects).SelectMany(project => project.Keys)];
}
