using Sluice.Bench.Core;

namespace Sluice.Bench.Reports;

/// <summary>What was measured beside the rates.</summary>
/// <param name="Admission">One request through the edge.</param>
/// <param name="GrainCall">One call to a grain of the same process.</param>
/// <param name="AuthorityCalls">Of all nodes together, at each rate of requests, in rising order; empty where none was
/// measured.</param>
internal sealed record ClusterFacts(
    CoreResult Admission,
    CoreResult GrainCall,
    IReadOnlyList<(int RequestsPerSecond, double CallsPerSecond)> AuthorityCalls);
