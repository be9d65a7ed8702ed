using Sluice.Bench.Core;

namespace Sluice.Bench.Reports;

/// <summary>Measurements other than the rates.</summary>
/// <param name="Admission">One request through the edge.</param>
/// <param name="GrainCall">One call to a grain of the same process.</param>
/// <param name="AuthorityCalls">The calls of all nodes together at each request rate, in rising order; empty if not
/// measured.</param>
internal sealed record ClusterFacts(
    CoreResult Admission,
    CoreResult GrainCall,
    IReadOnlyList<(int RequestsPerSecond, double CallsPerSecond)> AuthorityCalls);
