namespace Sluice.Metering.Metrics;

/// <summary>
/// A rule that a configuration breaks. Checks return all broken rules at once, so that a form or a script can be
/// corrected in one go; none means valid.
/// </summary>
/// <param name="Field">The path in the request body: <c>prices[3].per</c>.</param>
/// <param name="Rule">A stable name to test and translate by: <c>per-range</c>.</param>
/// <param name="Message">The correction, in one English sentence.</param>
public readonly record struct FieldError(string Field, string Rule, string Message);
