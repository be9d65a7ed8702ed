using Sluice.Api.Mail;
using Sluice.Storage.Outbox.Mail;
using Xunit;

namespace Sluice.Api.Tests.Mail;

public sealed class MailPolicyTests
{
    private static readonly DateTimeOffset Now = TurnedTime.Start;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);
    private static readonly SendResult PutOff = new([new("a@b.org", DeliveryOutcome.PutOff, "450 busy")], null);
    private static readonly SendResult Away = new([], new("SocketException", "refused"));

    [Fact]
    public void DelaysDouble_UpToHalfAnHour() => Assert.Equal(
        [10, 20, 40, 80, 160, 320, 640, 1_280, 1_800, 1_800],
        Enumerable.Range(1, 10).Select(static n => (int)MailPolicy.DelayAfter(n).TotalSeconds));

    [Theory]
    [InlineData(0, 0.5, 5)]
    [InlineData(3, 1, 80)]
    [InlineData(18, 0.25, 450)]
    public void WhoeverIsPutOff_WaitsAShareOfTheDelay(int attempts, double share, int seconds)
    {
        var attempt = MailPolicy.Judge(Mail(attempts), PutOff, Pause, share, Now);

        Assert.Equal(
            (MailState.Unsent, attempts + 1, Now.AddSeconds(seconds)),
            (attempt.State, attempt.Attempts, attempt.DueAt));
        Assert.Equal("450 busy", attempt.Error);
    }

    [Theory]
    [InlineData(false, MailState.Dead)]
    [InlineData(true, MailState.Sent)]
    public void AttemptsEnd(bool isAccepted, MailState state) => Assert.Equal(
        state, MailPolicy.Judge(Mail(MailPolicy.AttemptsMax - 1, isAccepted), PutOff, Pause, 1, Now).State);

    [Fact]
    public void AnOutage_IsNoAttempt_AndMailOutlivesItForThreeDays()
    {
        var soon = MailPolicy.Judge(Mail(19), Away, Pause, 1, Now.AddDays(3).AddSeconds(-1));
        var late = MailPolicy.Judge(Mail(0), Away, Pause, 1, Now.AddDays(3));

        Assert.Equal((MailState.Unsent, 19), (soon.State, soon.Attempts));
        Assert.Equal(Now.AddDays(3).AddSeconds(14), soon.DueAt);
        Assert.Equal((MailState.Dead, 0), (late.State, late.Attempts));
    }

    [Theory]
    [InlineData(DeliveryOutcome.Accepted, MailState.Sent)]
    [InlineData(DeliveryOutcome.Refused, MailState.Dead)]
    public void WhenAllAreSettled_ItIsOver(DeliveryOutcome outcome, MailState state) => Assert.Equal(
        state, MailPolicy.Judge(Mail(0), new([new("a@b.org", outcome, "")], null), Pause, 1, Now).State);

    [Fact]
    public void APause_Grows_OnceForFailuresAtTheSameTime_AndEndsWithAnAnswer()
    {
        var pause = new SmtpCircuitBreaker(TimeProvider.System);

        Assert.True(pause.Begin());
        Assert.False(pause.Begin());
        Assert.Equal(SmtpCircuitBreaker.First, pause.Length);
        Assert.True(pause.Lasts);
        Assert.True(pause.End());
        Assert.False(pause.Lasts);
        Assert.False(pause.End());
    }

    private static OutgoingMail Mail(int attempts, bool isAccepted = false) => new()
    {
        Id = 1,
        Kind = "test",
        Pending = ["a@b.org"],
        IsAccepted = isAccepted,
        Language = "en",
        Model = "{}",
        Sealed = null,
        MessageId = "m@b.org",
        Attempts = attempts,
        Sending = 1,
        WaitingSince = Now,
        TimeZone = "UTC",
    };
}
