namespace Sluice.LoadTest.Http;

/// <summary>How long and how often an unanswered request is retried, always with the same event id.</summary>
internal sealed record RetryPolicy
{
    /// <summary>Time after which a request counts as unanswered.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The first wait after a broken connection; it doubles up to <see cref="LongestWait"/>.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(20);

    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Maximum <c>Retry-After</c> that is obeyed.</summary>
    public TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets the wait before attempt <paramref name="attempt"/> + 1 (attempts count from 1).</summary>
    public TimeSpan WaitAfter(int attempt, int retryAfterSeconds)
    {
        if (retryAfterSeconds > 0)
        {
            var asked = TimeSpan.FromSeconds(retryAfterSeconds);
            return asked < LongestRetryAfter ? asked : LongestRetryAfter;
        }

        var doublings = Math.Min(attempt - 1, 10);
        var wait = FirstWait * (1 << doublings);
        return wait < LongestWait ? wait : LongestWait;
    }
}
