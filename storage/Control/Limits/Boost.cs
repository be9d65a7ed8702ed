namespace Sluice.Storage.Control.Limits;

/// <summary>A temporary raise of a blocked limit.</summary>
/// <param name="Id">A new id.</param>
/// <param name="ValueUnits">The boosted value of the limit.</param>
/// <param name="Until">First instant without the boost.</param>
public sealed record Boost(long Id, long ValueUnits, DateTimeOffset Until);
