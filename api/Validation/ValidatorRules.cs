using FluentValidation;

namespace Sluice.Api.Validation;

/// <summary>Lets validators use the rules of single values.</summary>
internal static class ValidatorRules
{
    /// <summary>Adds a failure with the code and message of the rule that the value breaks.</summary>
    public static IRuleBuilderOptionsConditions<T, TValue> Follows<T, TValue>(
        this IRuleBuilder<T, TValue> field, Func<TValue, Violation?> rule) => field.Custom((value, context) =>
        {
            if (rule(value) is { } broken)
                context.AddFailure(broken.AsFailureOf(context.PropertyPath));
        });
}
