namespace Sluice.EndToEnd.Mails;

/// <summary>A limit at a value that usage has reached in a period.</summary>
/// <param name="LimitId">The id in the database.</param>
/// <param name="Value">In the metric's units.</param>
/// <param name="Period">The month, such as 202703.</param>
internal readonly record struct FiredLimit(long LimitId, long Value, int Period);
