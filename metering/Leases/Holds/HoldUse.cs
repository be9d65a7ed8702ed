using System.Runtime.InteropServices;
using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;

namespace Sluice.Metering.Leases.Holds;

/// <summary>
/// What the commit of a handed-over hold changes in one counter of the session that has ended: held falls, used rises.
/// </summary>
/// <param name="Scope">The owner of the counter.</param>
/// <param name="Counter">The counter that the hold is in.</param>
/// <param name="HeldUnits">Units that are no longer held: all that the hold had in this counter.</param>
/// <param name="UsedUnits">Units used. More than <paramref name="HeldUnits"/> only if the committing edge has no such
/// counter, because its period is over or no limit needs it; then that edge has no rights for it either.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct HoldUse(ScopeId Scope, CounterId Counter, long HeldUnits, long UsedUnits);
