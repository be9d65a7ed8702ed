using System.Runtime.InteropServices;
using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;

namespace Sluice.Storage.Ledger.Leases;

/// <summary>A counter as the store has it.</summary>
/// <param name="Scope">The owner of the counter.</param>
/// <param name="Counter">The counter.</param>
/// <param name="UsedUnits">Used, over all sessions; at most one checkpoint old.</param>
/// <param name="HeldUnits">Held by reservations whose sessions are settled; those of others only their nodes
/// know.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct StoredCounter(ScopeId Scope, CounterId Counter, long UsedUnits, long HeldUnits);
