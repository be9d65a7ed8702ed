using Sluice.Api.Webhooks;
using Sluice.Storage.Outbox.Webhooks;
using Xunit;

namespace Sluice.Api.Tests.Webhooks;

public sealed class RetryPlanTests
{
    [Fact]
    public void Attempts_GrowApart_OverAboutADay_AndEnd()
    {
        var waits = Enumerable.Range(1, WebhookBounds.AttemptsMax)
            .Select(static attempts => RetryPlan.After(WebhookEvents.LimitBlocked, attempts, 0.5)).ToList();

        Assert.Null(waits[^1]);
        var seconds = waits[..^1].Select(static wait => wait!.Value.TotalSeconds).ToList();
        Assert.Equal([5, 25, 125, 625, 3_125, 15_625, 78_125], seconds.Select(static s => Math.Round(s)));
        Assert.InRange(seconds.Sum(), TimeSpan.FromHours(24).TotalSeconds, TimeSpan.FromHours(30).TotalSeconds);
    }

    [Fact]
    public void Chance_SpreadsThemByAFifth()
    {
        Assert.Equal(4, RetryPlan.After(WebhookEvents.LimitBlocked, 1, 0)!.Value.TotalSeconds, 6);
        Assert.Equal(6, RetryPlan.After(WebhookEvents.LimitBlocked, 1, 1)!.Value.TotalSeconds, 6);
    }

    [Fact]
    public void ATest_IsTriedOnce() => Assert.Null(RetryPlan.After(WebhookEvents.Test, 1, 0.5));
}
