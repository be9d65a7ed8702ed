namespace Sluice.Storage.Limits;

/// <summary>A raise of a blocked limit for some time.</summary>
/// <param name="Id">New.</param>
/// <param name="ValueUnits">What the limit is until then.</param>
/// <param name="Until">The first instant without it.</param>
public sealed record Boost(long Id, long ValueUnits, DateTimeOffset Until);
