using Sluice.Metering.Identity;

namespace Sluice.Metering.Leases.Authority;

/// <summary>
/// What an authority wants on disk, all or nothing, only where its epoch is still the newest; an empty batch asks just
/// that. Rows of sessions that were fenced meanwhile are left out by the store, which says whose. A batch of unknown
/// outcome may land after a later one: lease rows are raised, never lowered, and so is the status of a threshold.
/// </summary>
/// <param name="Scope">Whose authority.</param>
/// <param name="Epoch">Its epoch.</param>
/// <param name="Number">Rises with every batch.</param>
/// <param name="Leases">Changed leases.</param>
/// <param name="Thresholds">What became of thresholds, in the order in which it happened.</param>
/// <param name="EffectiveVersion">The limit version that all sessions follow now; kept where it is higher.</param>
/// <param name="Armed">Thresholds whose first look at usage is done.</param>
public sealed record PersistBatch(
    ScopeId Scope,
    long Epoch,
    long Number,
    IReadOnlyList<LeaseRow> Leases,
    IReadOnlyList<ThresholdLine> Thresholds,
    long EffectiveVersion,
    IReadOnlyList<ArmedThreshold> Armed);
