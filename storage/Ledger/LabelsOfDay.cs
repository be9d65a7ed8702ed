namespace Sluice.Storage.Ledger;

/// <summary>Labels (models and members) that tenants use for the first time on a day, UTC.</summary>
public sealed record LabelsOfDay(DateOnly Day, IReadOnlyList<(long TenantId, string Label)> New);
