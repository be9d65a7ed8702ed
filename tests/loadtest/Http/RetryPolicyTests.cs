using Sluice.LoadTest.Http;
using Xunit;

namespace Sluice.LoadTest.Tests.Http;

public sealed class RetryPolicyTests
{
    private readonly RetryPolicy _policy = new();

    [Fact]
    public void Waits_DoubleUpToTheLongest()
    {
        Assert.Equal(TimeSpan.FromMilliseconds(20), _policy.WaitAfter(1, -1));
        Assert.Equal(TimeSpan.FromMilliseconds(40), _policy.WaitAfter(2, -1));
        Assert.Equal(_policy.LongestWait, _policy.WaitAfter(7, -1));
        Assert.Equal(_policy.LongestWait, _policy.WaitAfter(1_000_000, -1));
    }

    [Fact]
    public void RetryAfter_IsObeyed_WithinReason()
    {
        Assert.Equal(TimeSpan.FromSeconds(2), _policy.WaitAfter(1, 2));
        Assert.Equal(_policy.LongestRetryAfter, _policy.WaitAfter(1, 3600));
    }
}
