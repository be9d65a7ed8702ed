using Sluice.Metering.Metrics;

namespace Sluice.Storage.Control;

/// <summary>Why an action was not done. Nothing of it was.</summary>
public abstract record Error
{
    private Error()
    {
    }

    /// <summary>There is no such thing, or the caller may not see it.</summary>
    /// <param name="What">The kind of thing, as the caller knows it: <c>project</c>.</param>
    public sealed record NotFound(string What) : Error;

    /// <summary>The caller may know of the thing, and may not do this to it.</summary>
    /// <param name="Detail">What is missing, in one sentence that names the permission.</param>
    public sealed record Forbidden(string Detail) : Error;

    /// <summary>Something else is in the way.</summary>
    /// <param name="Detail">What, in one sentence that names it.</param>
    /// <param name="Other">Id or name of the thing in the way, where there is one.</param>
    public sealed record Conflict(string Detail, string? Other = null) : Error;

    /// <summary>The request breaks rules: all of them, never only the first.</summary>
    public sealed record RulesBroken(IReadOnlyList<BrokenRule> Rules) : Error
    {
        public RulesBroken(string field, string rule, string message)
            : this([new BrokenRule(field, rule, message)])
        {
        }
    }
}
