using System.Diagnostics.CodeAnalysis;
using Sluice.Client.Models;

namespace Sluice.Client;

/// <summary>What became of a request that answers with nothing.</summary>
/// <param name="Problem">Why it was not done; null if it was.</param>
/// <param name="RetryAfter">When it makes sense to try again, if the server said so.</param>
public sealed record SluiceResult(ProblemDetails? Problem, TimeSpan? RetryAfter = null)
{
    /// <summary>Whether it was done.</summary>
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool IsSuccess => Problem is null;
}

/// <summary>What became of a request: a value or a problem.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public sealed record SluiceResult<T>
    where T : class
{
    internal SluiceResult(T value, string? etag) => (Value, ETag) = (value, etag);

    internal SluiceResult(ProblemDetails problem, TimeSpan? retryAfter) =>
        (Problem, RetryAfter) = (problem, retryAfter);

    /// <summary>The answer; null if there is a problem.</summary>
    public T? Value { get; }

    /// <summary>Why there is no answer; null if there is one.</summary>
    public ProblemDetails? Problem { get; }

    /// <summary>When it makes sense to try again, if the server said so.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>The version of the answer, for a conditional change; null if it has none.</summary>
    public string? ETag { get; }

    /// <summary>Whether there is an answer.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool IsSuccess => Problem is null;
}
