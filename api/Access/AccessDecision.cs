namespace Sluice.Api.Access;

/// <summary>Whether a request may go on, and if not, how it is refused.</summary>
internal abstract record AccessDecision
{
    private AccessDecision()
    {
    }

    public sealed record Allowed : AccessDecision
    {
        public static readonly Allowed Instance = new();
    }

    /// <summary>403: the caller may know of it, and may not do it.</summary>
    public sealed record Forbidden(string Detail) : AccessDecision;

    /// <summary>404: the caller is not told whether it exists.</summary>
    public sealed record Hidden(string What) : AccessDecision;
}
