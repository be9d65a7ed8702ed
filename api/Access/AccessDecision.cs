namespace Sluice.Api.Access;

/// <summary>Whether a request may proceed, and if not, how it is refused.</summary>
internal abstract record AccessDecision
{
    private AccessDecision()
    {
    }

    public sealed record Allowed : AccessDecision
    {
        public static readonly Allowed Instance = new();
    }

    /// <summary>403: the caller may know that it exists, but may not do this.</summary>
    public sealed record Denied(string Detail) : AccessDecision;

    /// <summary>404: the caller does not learn whether it exists.</summary>
    public sealed record Hidden(string What) : AccessDecision;
}
