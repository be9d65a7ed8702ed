namespace Sluice.Api.DataPlane;

/// <summary>A fault in a body.</summary>
/// <param name="Field">
/// The path of the field, such as <c>metrics.text_tokens</c>; empty for the body as a whole.
/// </param>
/// <param name="Message">The rule, as a sentence.</param>
/// <param name="IsRule">Whether the body is readable but breaks a rule (422); otherwise it can't be read (400).</param>
internal readonly record struct BodyFault(string Field, string Message, bool IsRule);
