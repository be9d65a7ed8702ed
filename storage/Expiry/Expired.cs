using Sluice.Metering.Identity;

namespace Sluice.Storage.Expiry;

/// <summary>What has run out in one transaction, and whom to tell.</summary>
/// <param name="Count">How many things.</param>
/// <param name="DeadKeys">Keys that were deleted; no node accepts them since the instant of the expiry.</param>
/// <param name="Scopes">Whose limits have lost a boost; it counted for nothing since its end.</param>
public readonly record struct Expired(int Count, IReadOnlyList<long> DeadKeys, IReadOnlyList<ScopeId> Scopes);
