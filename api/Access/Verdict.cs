namespace Sluice.Api.Access;

/// <summary>Whether a request may go on, and if not, how it is refused.</summary>
internal abstract record Verdict
{
    private Verdict()
    {
    }

    public sealed record Allowed : Verdict
    {
        public static readonly Allowed Instance = new();
    }

    /// <summary>403: the caller may know of it, and may not do it.</summary>
    public sealed record Forbidden(string Detail) : Verdict;

    /// <summary>404: the caller is not told whether it exists.</summary>
    public sealed record Hidden(string What) : Verdict;
}
