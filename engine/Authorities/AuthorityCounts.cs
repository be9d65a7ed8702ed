namespace Sluice.Engine.Authorities;

/// <summary>Counters of this process, for diagnostics.</summary>
/// <param name="Calls">Calls to authorities since the start.</param>
/// <param name="Active">Authorities running in this process.</param>
/// <param name="Commits">Transactions committed by authorities since the start.</param>
public readonly record struct AuthorityCounts(long Calls, int Active, long Commits);
