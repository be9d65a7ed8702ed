using Sluice.Metering.Identity;

namespace Sluice.Storage.Control.Expiry;

/// <summary>The items that expired in one transaction, and the keys and scopes affected.</summary>
/// <param name="Count">The number of items.</param>
/// <param name="DeadKeys">Keys that were deleted; no node has accepted them since they expired.</param>
/// <param name="Scopes">Scopes whose limits lost a boost; it had no effect since its end.</param>
public readonly record struct Expired(int Count, IReadOnlyList<long> DeadKeys, IReadOnlyList<ScopeId> Scopes);
