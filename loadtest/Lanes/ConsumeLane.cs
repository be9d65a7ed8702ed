using Sluice.LoadTest.Events;
using Sluice.LoadTest.Http;

namespace Sluice.LoadTest.Lanes;

/// <summary>Sends one <c>POST /v1/usage</c> per event, up to the pipeline's depth in one send.</summary>
internal sealed class ConsumeLane(LanePlan plan) : Lane(plan)
{
    private readonly RequestBuffer _buffer = new();
    private readonly LoadEvent[] _sent = new LoadEvent[plan.Options.PipelineDepth];
    private readonly Range[] _requests = new Range[plan.Options.PipelineDepth];
    private readonly EventAnswer[] _answers = new EventAnswer[plan.Options.PipelineDepth];
    private readonly int[] _retryAfterSeconds = new int[plan.Options.PipelineDepth];

    public override async Task RunAsync(CancellationToken cancellation)
    {
        while (await FillAsync(cancellation) is var count and > 0)
        {
            var sent = Plan.Time.GetTimestamp();
            _ = await Connection.TrySendPipelinedAsync(_buffer.Requests, count, cancellation);
            for (var i = 0; i < count; i++)
            {
                var answer = await Connection.ReadPipelinedAsync(cancellation);
                _answers[i] = EventReader.ReadSingle(answer);
                _retryAfterSeconds[i] = answer.RetryAfterSeconds;
                if (_answers[i].Outcome != EventOutcome.Unanswered)
                    RecordLatency(_sent[i], sent);
            }

            // Not earlier: a retry would read the responses of later requests as its own.
            for (var i = 0; i < count; i++)
            {
                if (_answers[i].Outcome == EventOutcome.Unanswered)
                    await SendAgainAsync(i, sent, cancellation);
                RecordOutcome(_sent[i], _answers[i]);
            }
        }
    }

    private async ValueTask<int> FillAsync(CancellationToken cancellation)
    {
        _buffer.Clear();
        var count = 0;
        while (count < _sent.Length && Plan.Source.TryTake(out var item))
        {
            await WaitUntilDueAsync(item, cancellation);
            var start = _buffer.Requests.Length;
            Plan.Writer.WriteUsage(_buffer.Body, item);
            _buffer.Complete(Plan.KeyHeads[item.KeyIndex]);
            _requests[count] = start.._buffer.Requests.Length;
            _sent[count++] = item;
        }

        return count;
    }

    private async ValueTask SendAgainAsync(int index, long sent, CancellationToken cancellation)
    {
        var request = _buffer.Requests[_requests[index]];
        var answer = await Connection.ExchangeAgainAsync(request, _retryAfterSeconds[index], cancellation);
        _answers[index] = EventReader.ReadSingle(answer);
        RecordLatency(_sent[index], sent);
    }
}
