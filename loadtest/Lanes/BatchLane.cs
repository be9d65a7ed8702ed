using System.Runtime.InteropServices;
using Sluice.LoadTest.Events;
using Sluice.LoadTest.Http;
using Sluice.LoadTest.Latency;

namespace Sluice.LoadTest.Lanes;

/// <summary>Sends many events in one <c>POST /v1/usage/batch</c>, as NDJSON.</summary>
internal sealed class BatchLane(LanePlan plan) : Lane(plan)
{
    private readonly RequestBuffer _buffer = new();
    private readonly List<LoadEvent> _pending = new(plan.Options.BatchSize);
    private readonly EventAnswer[] _answers = new EventAnswer[plan.Options.BatchSize];
    private readonly RequestHead _head = RequestHead.NdJson(
        plan.Target,
        "/v1/usage/batch",
        plan.Options.GatewayToken ?? throw new InvalidOperationException("Batches need the gateway token."));

    public override async Task RunAsync(CancellationToken cancellation)
    {
        while (await FillAsync(cancellation))
        {
            var firstSent = Plan.Time.GetTimestamp();
            for (var attempt = 1; _pending.Count > 0; attempt++)
            {
                await SendPendingAsync(cancellation);
                RecordAnswered(mayTryAgain: Plan.Time.GetElapsedTime(firstSent) < Plan.Options.Retry.GiveUpAfter);
                if (_pending.Count > 0)
                {
                    Tally.Retried++;
                    await Task.Delay(Plan.Options.Retry.WaitAfter(attempt, -1), Plan.Time, cancellation);
                }
            }
        }
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellation)
    {
        _pending.Clear();
        while (_pending.Count < Plan.Options.BatchSize && Plan.Source.TryTake(out var item))
        {
            await WaitUntilDueAsync(item, cancellation);
            _pending.Add(item);
        }

        return _pending.Count > 0;
    }

    private async ValueTask SendPendingAsync(CancellationToken cancellation)
    {
        _buffer.Clear();
        foreach (ref readonly var item in CollectionsMarshal.AsSpan(_pending))
            Plan.Writer.WriteBatchLine(_buffer.Body, item, Plan.KeyIds[item.KeyIndex]);
        _buffer.Complete(_head);

        var sent = Plan.Time.GetTimestamp();
        var answer = await Connection.ExchangeAsync(_buffer.Requests, cancellation);
        Latencies.Record(Plan.Time.GetElapsedTime(sent));
        EventReader.ReadBatch(answer, _answers.AsSpan(0, _pending.Count));
    }

    /// <summary>Records decided events and keeps those pending that a 503 within the batch left undecided.</summary>
    private void RecordAnswered(bool mayTryAgain)
    {
        var kept = 0;
        for (var i = 0; i < _pending.Count; i++)
        {
            var item = _pending[i];
            if (mayTryAgain && _answers[i].Outcome == EventOutcome.Unanswered)
                _pending[kept++] = item;
            else
                RecordOutcome(item, _answers[i]);
        }

        _pending.RemoveRange(kept, _pending.Count - kept);
    }
}
