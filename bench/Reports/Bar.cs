namespace Sluice.Bench.Reports;

/// <summary>A target that a value must reach.</summary>
/// <param name="What">The compared value.</param>
/// <param name="Wanted">The target in words.</param>
/// <param name="Measured">The value in words, or why there is none.</param>
/// <param name="Reached">Whether it is reached; null without a value.</param>
internal sealed record Bar(string What, string Wanted, string Measured, bool? Reached);
