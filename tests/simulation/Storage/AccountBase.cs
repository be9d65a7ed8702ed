using System.Runtime.InteropServices;

namespace Sluice.Simulation.Storage;

/// <summary>An account to be raised by a batch: totals before the batch; what of the batch counts is added.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AccountBase(CounterKey Counter, long UsedUnits, long ExtraUnits);
