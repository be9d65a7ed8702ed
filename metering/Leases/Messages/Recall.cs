using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;

namespace Sluice.Metering.Leases.Messages;

/// <summary>
/// Authority to edge: return unused rights, and keep returning them until new rights are granted. A hint; the answer is
/// a sync with R raised and <see cref="CounterReport.RecallFollowed"/>.
/// </summary>
/// <param name="Scope">The scope of the sending authority.</param>
/// <param name="Epoch">The authority's epoch.</param>
/// <param name="Number">Rises with every recall of this scope, across epochs.</param>
/// <param name="Counter">The counter.</param>
/// <param name="KeepUnits">Idle rights that the edge may keep, 0 or more.</param>
public sealed record Recall(ScopeId Scope, long Epoch, long Number, CounterId Counter, long KeepUnits);
