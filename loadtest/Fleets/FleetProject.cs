using Sluice.LoadTest.Management;

namespace Sluice.LoadTest.Fleets;

/// <summary>A project of a run and its keys.</summary>
internal sealed record FleetProject(string Id, string Name, IReadOnlyList<FleetKey> Keys);
