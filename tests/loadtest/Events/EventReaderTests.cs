using System.Text;
using Sluice.LoadTest.Events;
using Sluice.LoadTest.Http;
using Xunit;

namespace Sluice.LoadTest.Tests.Events;

public sealed class EventReaderTests
{
    [Theory]
    [InlineData(200, """{"id":"a","duplicate":false,"limits":[{"duplicate":true}]}""", nameof(EventOutcome.Counted))]
    [InlineData(200, """{ "duplicate" : true, "id" : "a" }""", nameof(EventOutcome.Duplicate))]
    [InlineData(201, """{"id":"a","expiresAt":"2030-01-01T00:00:00Z"}""", nameof(EventOutcome.Counted))]
    [InlineData(429, """{"allowed":false}""", nameof(EventOutcome.Refused))]
    [InlineData(503, "", nameof(EventOutcome.Unanswered))]
    [InlineData(0, "", nameof(EventOutcome.Unanswered))]
    [InlineData(200, """{"id":"a","allowed":false}""", nameof(EventOutcome.Failed))]
    [InlineData(200, "<html>", nameof(EventOutcome.Failed))]
    [InlineData(200, "", nameof(EventOutcome.Failed))]
    [InlineData(409, """{"title":"other body"}""", nameof(EventOutcome.Failed))]
    [InlineData(401, "", nameof(EventOutcome.Failed))]
    public void SingleAnswer_DecidesTheOutcome(int status, string body, string outcome) =>
        Assert.Equal(outcome, EventReader.ReadSingle(Answer(status, body)).Outcome.ToString());

    [Fact]
    public void BatchAnswer_DecidesEachOutcome_InOrder()
    {
        var answer = Answer(200, """
            {"took":{"results":[1]},"results":[
              {"id":"a","allowed":true,"duplicate":false,"state":"ok"},
              {"id":"b","allowed":true,"duplicate":true,"state":"ok"},
              {"id":"c","allowed":false,"duplicate":false,"state":"blocked","problem":{"status":429}},
              {"id":"d","allowed":false,"problem":{"status":503,"title":"later"}},
              {"id":"e","allowed":false,"problem":{"status":409,"title":"other body"}}]}
            """);
        var outcomes = new EventAnswer[5];

        EventReader.ReadBatch(answer, outcomes);

        Assert.Equal(
            [EventOutcome.Counted, EventOutcome.Duplicate, EventOutcome.Refused, EventOutcome.Unanswered,
                EventOutcome.Failed],
            outcomes.Select(outcome => outcome.Outcome));
        Assert.Contains("other body", outcomes[4].Failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, """{"results":[{"allowed":true}]}""")]
    [InlineData(200, """{"results":[{"allowed":true},{"allowed":true},{"allowed":true}]}""")]
    [InlineData(200, "{}")]
    [InlineData(400, """{"detail":"line 2"}""")]
    public void BatchAnswer_ThatDoesNotFitTheBatch_FailsEveryEvent(int status, string body)
    {
        var outcomes = new EventAnswer[2];

        EventReader.ReadBatch(Answer(status, body), outcomes);

        Assert.All(outcomes, outcome => Assert.Equal(EventOutcome.Failed, outcome.Outcome));
    }

    [Fact]
    public void BatchWithoutAnswer_LeavesEveryEventOpen()
    {
        var outcomes = new EventAnswer[2];

        EventReader.ReadBatch(HttpAnswer.None, outcomes);

        Assert.All(outcomes, outcome => Assert.Equal(EventOutcome.Unanswered, outcome.Outcome));
    }

    private static HttpAnswer Answer(int status, string body) =>
        new(status, Encoding.UTF8.GetBytes(body), -1, ClosesConnection: false);
}
