using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Sluice.LoadTest.Events;
using Sluice.LoadTest.Http;

namespace Sluice.EndToEnd.Traffic;

/// <summary>
/// A client with one connection that sends each request once and returns the response; its caller decides whether to
/// repeat it. Built on the load generator's connection.
/// </summary>
internal sealed class Caller(HttpTarget target, TimeProvider time) : IDisposable
{
    private readonly HttpConnection _connection = new(target);
    private readonly RequestBuffer _buffer = new();

    public async Task<Attempt> SendAsync(Call call, CancellationToken cancellation)
    {
        Write(call);
        var sentAt = time.GetTimestamp();
        try
        {
            await _connection.OpenAsync(cancellation);
        }
        catch (SocketException)
        {
            return new Attempt(call, sentAt, time.GetTimestamp(), Verdict.NotSent, 0, -1, "");
        }

        try
        {
            sentAt = time.GetTimestamp();
            await _connection.SendAsync(_buffer.Requests, cancellation);
            var answer = await _connection.ReadAnswerAsync(cancellation);
            var seen = Read(call, sentAt, answer);
            if (answer.ClosesConnection)
                _connection.Close();
            return seen;
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
            _connection.Close();
            return new Attempt(call, sentAt, time.GetTimestamp(), Verdict.Unknown, 0, -1, e.Message);
        }
    }

    public void Dispose() => _connection.Dispose();

    private void Write(Call call)
    {
        _buffer.Clear();
        var body = new StringBuilder("{");
        if (call.Id is { } id && call.Kind != CallKind.Commit)
            body.Append(CultureInfo.InvariantCulture, $"\"id\":\"{id}\",");
        if (call.Model is { } model && call.Kind != CallKind.Commit)
            body.Append(CultureInfo.InvariantCulture, $"\"model\":\"{model}\",");
        body.Append(CultureInfo.InvariantCulture, $"\"metrics\":{{\"text_tokens\":{call.Tokens}}}");
        if (call.FromMemory)
            body.Append(",\"ack\":\"memory\"");
        body.Append('}');
        var bytes = Encoding.ASCII.GetBytes(body.ToString());
        bytes.CopyTo(_buffer.Body.GetSpan(bytes.Length));
        _buffer.Body.Advance(bytes.Length);
        _buffer.Complete(RequestHead.Json(target, call.Path, call.Key.Secret));
    }

    private Attempt Read(Call call, long sentAt, HttpAnswer answer)
    {
        var answeredAt = time.GetTimestamp();
        var text = answer.Status is >= 200 and < 300 ? "" : Encoding.UTF8.GetString(answer.Body.Span);
        var verdict = VerdictOf(call, answer);
        // From now on the event has the id that the node chose: it is looked up in the ledger, and may be repeated.
        if (call.Id is null && verdict == Verdict.Counted)
            call = call with { Id = EventReader.ReadText(answer, "id"u8) };
        return new Attempt(call, sentAt, answeredAt, verdict, answer.Status, answer.RetryAfterSeconds, text);
    }

    private static Verdict VerdictOf(Call call, HttpAnswer answer)
    {
        if (answer.Status == 401)
            return Verdict.Unauthorized;
        if (answer.Status == 404 && call.Kind == CallKind.Commit)
            return Verdict.NoReservation;
        if (answer.Status == 503)
            return TypeOf(answer) == "/problems/outcome-unknown" ? Verdict.Unknown : Verdict.NotCounted;
        return EventReader.ReadSingle(answer).Outcome switch
        {
            EventOutcome.Counted => Verdict.Counted,
            EventOutcome.Duplicate => Verdict.Duplicate,
            EventOutcome.Refused => Verdict.Refused,
            _ => Verdict.Wrong,
        };
    }

    private static string? TypeOf(HttpAnswer answer)
    {
        try
        {
            return EventReader.ReadText(answer, "type"u8);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
