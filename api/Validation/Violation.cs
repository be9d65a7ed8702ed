using FluentValidation.Results;

namespace Sluice.Api.Validation;

/// <summary>A rule that a value breaks.</summary>
/// <param name="Code">The rule, for programs: <c>too-long</c>. Part of the contract.</param>
/// <param name="Message">The rule, for people, as a sentence about the field.</param>
internal readonly record struct Violation(string Code, string Message)
{
    /// <summary>Returns it as the failure of a field.</summary>
    public ValidationFailure AsFailureOf(string field) => new(field, Message) { ErrorCode = Code };
}
