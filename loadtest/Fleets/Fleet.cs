using System.Text.Json.Serialization;
using Sluice.LoadTest.Management;

namespace Sluice.LoadTest.Fleets;

/// <summary>The tenants, projects and keys that belong exclusively to one run id.</summary>
/// <param name="RunId">The run id.</param>
/// <param name="Seed">Decides how events spread over the keys; a repeated run must spread them alike.</param>
/// <param name="CreatedAt">When the first tenant was requested: no usage of the fleet is older.</param>
/// <param name="Tenants">In the order of creation.</param>
internal sealed record Fleet(
    string RunId, long Seed, DateTimeOffset CreatedAt, IReadOnlyList<FleetTenant> Tenants)
{
    /// <summary>All keys; an event's key index refers to this list.</summary>
    [JsonIgnore]
    public IReadOnlyList<FleetKey> Keys { get; } =
        [.. Tenants.SelectMany(tenant => tenant.Projects).SelectMany(project => project.Keys)];
}
