using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Authority;

namespace Sluice.Simulation.Storage;

/// <summary>
/// How an authority's batch ended, and the sessions whose rows were left out because they are fenced.
/// </summary>
internal sealed record PersistResult(PersistOutcome Outcome, IReadOnlyList<SessionId> LeftOut);
