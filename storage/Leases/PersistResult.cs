using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Authority;

namespace Sluice.Storage.Leases;

/// <summary>How a transaction of several batches ended.</summary>
/// <param name="Outcomes">Of each batch, in order.</param>
/// <param name="Fenced">Sessions of the batches that are fenced: they must be told nothing.</param>
public sealed record PersistResult(IReadOnlyList<PersistOutcome> Outcomes, IReadOnlyList<SessionId> Fenced);
