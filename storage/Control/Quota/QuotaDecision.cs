namespace Sluice.Storage.Control.Quota;

/// <summary>The decision on a request.</summary>
/// <param name="Approves">Whether to set the quota.</param>
/// <param name="AmountUnits">The new quota; null for the requested amount.</param>
/// <param name="Note">A note to the requester.</param>
public sealed record QuotaDecision(bool Approves, long? AmountUnits, string? Note);
