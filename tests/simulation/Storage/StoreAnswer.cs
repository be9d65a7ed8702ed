using System.Runtime.InteropServices;

namespace Sluice.Simulation.Storage;

/// <summary>The store's answer to a caller: the result, or that it can't know whether the work was done.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StoreAnswer<T>(bool Known, T Value);
