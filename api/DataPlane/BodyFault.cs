namespace Sluice.Api.DataPlane;

/// <summary>Something wrong in a body.</summary>
/// <param name="Field">Where, as a path: <c>metrics.text_tokens</c>; empty for the body as a whole.</param>
/// <param name="Message">The rule, as a sentence.</param>
/// <param name="IsRule">It can be read but breaks a rule (422); else it can't be read (400).</param>
internal readonly record struct BodyFault(string Field, string Message, bool IsRule);
