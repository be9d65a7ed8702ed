namespace Sluice.Storage.Quota;

/// <summary>How a request is decided.</summary>
/// <param name="Approves">Whether the quota is set.</param>
/// <param name="AmountUnits">To what; what was asked for where null.</param>
/// <param name="Note">For who asked.</param>
public sealed record QuotaDecision(bool Approves, long? AmountUnits, string? Note);
