using Sluice.Metering.Identity;

namespace Sluice.Storage.Ledger.Leases;

/// <summary>Which scopes of a tenant to list.</summary>
/// <param name="Max">How many at most.</param>
/// <param name="OnlyLimited">Whether only those that have a limit or a warning of their own.</param>
/// <param name="Only">Only this one; null for all.</param>
/// <param name="After">Only those behind this one; null from the first one on.</param>
public sealed record ScopeRange(int Max, bool OnlyLimited = false, ScopeId? Only = null, ScopeId? After = null);
