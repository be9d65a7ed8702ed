namespace Sluice.Metering.Metrics;

/// <summary>
/// A rule that a configuration breaks. Checks return all of them at once, so that a form or a script is corrected in
/// one go; none means valid.
/// </summary>
/// <param name="Field">Where, as a path in the request body: <c>prices[3].per</c>.</param>
/// <param name="Rule">Which, as a stable word to test and translate by: <c>per-range</c>.</param>
/// <param name="Message">What to do about it, in one English sentence.</param>
public readonly record struct BrokenRule(string Field, string Rule, string Message);
