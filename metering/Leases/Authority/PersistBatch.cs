using Sluice.Metering.Identity;

namespace Sluice.Metering.Leases.Authority;

/// <summary>
/// A write requested by an authority: all or nothing, and only if its epoch is still the newest; an empty batch checks
/// just that. The store skips rows of sessions that have been fenced since and says which. A batch of unknown result
/// may be applied after a later one: lease rows are raised, never lowered, and so is the status of a threshold.
/// </summary>
/// <param name="Scope">The authority's scope.</param>
/// <param name="Epoch">The authority's epoch.</param>
/// <param name="Number">Rises with every batch.</param>
/// <param name="Leases">Changed leases.</param>
/// <param name="Thresholds">Threshold events, in the order in which they happened.</param>
/// <param name="EffectiveVersion">The limit version that all sessions now follow; a higher stored one is kept.</param>
/// <param name="Armed">Thresholds that have now been compared with usage once.</param>
public sealed record PersistBatch(
    ScopeId Scope,
    long Epoch,
    long Number,
    IReadOnlyList<LeaseRow> Leases,
    IReadOnlyList<ThresholdLine> Thresholds,
    long EffectiveVersion,
    IReadOnlyList<ArmedThreshold> Armed);
