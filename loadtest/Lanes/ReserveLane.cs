using System.Text.Json;
using Sluice.LoadTest.Events;
using Sluice.LoadTest.Http;

namespace Sluice.LoadTest.Lanes;

/// <summary>Makes two calls per event: reserves prompt plus an estimate, then commits the actual usage.</summary>
internal sealed class ReserveLane(LanePlan plan) : Lane(plan)
{
    private readonly RequestBuffer _buffer = new();

    public override async Task RunAsync(CancellationToken cancellation)
    {
        while (Plan.Source.TryTake(out var item))
        {
            await WaitUntilDueAsync(item, cancellation);
            var sent = Plan.Time.GetTimestamp();
            var answer = await ReserveAndCommitAsync(item, cancellation);
            RecordLatency(item, sent);
            RecordOutcome(item, answer);
        }
    }

    private async ValueTask<EventAnswer> ReserveAndCommitAsync(LoadEvent item, CancellationToken cancellation)
    {
        Plan.Writer.WriteReservation(_buffer.Body, item);
        var answer = await ExchangeAsync(Plan.KeyHeads[item.KeyIndex], cancellation);
        var reserved = EventReader.ReadSingle(answer);
        if (reserved.Outcome is not (EventOutcome.Counted or EventOutcome.Duplicate))
            return reserved;
        if (ReadReservationId(answer) is not { } id)
            return EventAnswer.FailedWith(answer.Status, "The reservation has no id."u8);

        EventWriter.WriteCommit(_buffer.Body, item);
        var path = $"/v1/reservations/{Uri.EscapeDataString(id)}/commit";
        var secret = Plan.Options.Keys[item.KeyIndex].Secret;
        answer = await ExchangeAsync(RequestHead.Json(Plan.Target, path, secret), cancellation);
        var committed = EventReader.ReadSingle(answer);

        // A repeated reservation returns the first one, whose commit then changes nothing either.
        return committed.Outcome == EventOutcome.Counted && reserved.Outcome == EventOutcome.Duplicate
            ? committed with { Outcome = EventOutcome.Duplicate }
            : committed;
    }

    private static string? ReadReservationId(in HttpAnswer answer)
    {
        try
        {
            return EventReader.ReadText(answer, "id"u8);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private ValueTask<HttpAnswer> ExchangeAsync(RequestHead head, CancellationToken cancellation)
    {
        _buffer.Complete(head);
        var request = _buffer.Requests;
        return ExchangeAndClearAsync(request, cancellation);
    }

    private async ValueTask<HttpAnswer> ExchangeAndClearAsync(
        ReadOnlyMemory<byte> request, CancellationToken cancellation)
    {
        var answer = await Connection.ExchangeAsync(request, cancellation);
        _buffer.Clear();
        return answer;
    }
}
