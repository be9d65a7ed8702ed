using System.Text;
using Sluice.LoadTest.Events;
using Sluice.LoadTest.Http;
using Xunit;

namespace Sluice.LoadTest.Tests.Events;

public sealed class EventReaderTests
{
    [Theory]
    [InlineData(200, """{"id":"a","allowed":true,"duplicate":false,"limits":[{"duplicate":true}]}""", 0)]
    [InlineData(200, """{ "duplicate" : true, "id" : "a" }""", 1)]
    [InlineData(201, """{"id":"a","expiresAt":"2030-01-01T00:00:00Z"}""", 0)]
    [InlineData(429, """{"allowed":false}""", 2)]
    [InlineData(503, "", 3)]
    [InlineData(0, "", 3)]
    [InlineData(200, """{"id":"a","allowed":false}""", 4)]
    [InlineData(200, "<html>", 4)]
    [InlineData(200, "", 4)]
    [InlineData(409, """{"title":"other body"}""", 4)]
    [InlineData(401, "", 4)]
    public void SingleAnswer_DecidesTheOutcome(int status, string body, int outcome) =>
        Assert.Equal((EventOutcome)outcome, EventReader.ReadSingle(Answer(status, body)).Outcome);

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
