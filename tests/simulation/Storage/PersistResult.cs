using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Authority;

namespace Sluice.Simulation.Storage;

/// <summary>How an authority's batch ended, and whose rows were left out because their fence is up.</summary>
internal sealed record PersistResult(PersistOutcome Outcome, IReadOnlyList<SessionId> LeftOut);
