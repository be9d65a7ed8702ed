using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;

namespace Sluice.Metering.Leases.Messages;

/// <summary>
/// Authority to edge: give back what you don't use, and keep giving back until new rights are granted. A hint; the
/// answer is a sync with R raised and <see cref="CounterReport.RecallFollowed"/>.
/// </summary>
/// <param name="Scope">The authority that speaks.</param>
/// <param name="Epoch">Its epoch.</param>
/// <param name="Number">Rises with every recall of this scope, over epochs too.</param>
/// <param name="Counter">Which counter.</param>
/// <param name="KeepUnits">Idle rights that the edge may keep, 0 or more.</param>
public sealed record Recall(ScopeId Scope, long Epoch, long Number, CounterId Counter, long KeepUnits);
