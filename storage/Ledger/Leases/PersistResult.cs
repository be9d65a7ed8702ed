using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Authority;

namespace Sluice.Storage.Ledger.Leases;

/// <summary>The result of a transaction of several batches.</summary>
/// <param name="Outcomes">The result of each batch, in order.</param>
/// <param name="Fenced">Sessions of the batches that are fenced: they must not get an answer.</param>
public sealed record PersistResult(IReadOnlyList<PersistOutcome> Outcomes, IReadOnlyList<SessionId> Fenced);
