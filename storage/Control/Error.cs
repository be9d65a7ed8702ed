using Sluice.Metering.Metrics;

namespace Sluice.Storage.Control;

/// <summary>The reason an action was refused. No part of the action was carried out.</summary>
public abstract record Error
{
    private Error()
    {
    }

    /// <summary>The target does not exist, or the caller may not see it.</summary>
    /// <param name="What">The kind of target, as the caller knows it: <c>project</c>.</param>
    public sealed record NotFound(string What) : Error;

    /// <summary>The caller may see the target, but may not do this to it.</summary>
    /// <param name="Detail">The reason, in one sentence that names the missing permission.</param>
    public sealed record Forbidden(string Detail) : Error;

    /// <summary>The action conflicts with something else.</summary>
    /// <param name="Detail">The reason, in one sentence that names the conflict.</param>
    /// <param name="Other">Id or name of the conflicting object, if there is one.</param>
    public sealed record Conflict(string Detail, string? Other = null) : Error;

    /// <summary>The target is no longer as it was when the caller read it.</summary>
    /// <param name="Detail">What to do, in a sentence.</param>
    public sealed record Changed(string Detail) : Error;

    /// <summary>There are as many things of a kind as may be.</summary>
    /// <param name="What">The kind: <c>projects</c>.</param>
    /// <param name="Detail">The bound, in one sentence.</param>
    /// <param name="RetryAfterSeconds">When there may be room again, in seconds; null if waiting does not help.</param>
    public sealed record TooMany(string What, string Detail, int? RetryAfterSeconds = null) : Error;

    /// <summary>The request breaks validation rules: all of them are listed, not only the first.</summary>
    public sealed record RulesBroken(IReadOnlyList<FieldError> Rules) : Error
    {
        public RulesBroken(string field, string rule, string message)
            : this([new FieldError(field, rule, message)])
        {
        }
    }
}
