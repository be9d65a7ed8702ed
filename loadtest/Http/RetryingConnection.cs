using System.Net.Sockets;

namespace Sluice.LoadTest.Http;

/// <summary>
/// A connection that retries 503 and broken connections with the same bytes. They carry the same event id, which makes
/// a retry safe.
/// </summary>
internal sealed class RetryingConnection(HttpTarget target, RetryPolicy policy, TimeProvider time) : IDisposable
{
    private readonly HttpConnection _connection = new(target);
    private long _waitingSince;
    private int _unansweredCount;
    private long _retryCount;

    /// <summary>The number of retried requests.</summary>
    public long RetryCount => Volatile.Read(ref _retryCount);

    /// <summary>Sends one request and reads its response.</summary>
    /// <returns>
    /// The response; after <see cref="RetryPolicy.GiveUpAfter"/> the last 503, or <see cref="HttpAnswer.None"/>.
    /// </returns>
    public ValueTask<HttpAnswer> ExchangeAsync(ReadOnlyMemory<byte> request, CancellationToken cancellation) =>
        ExchangeAsync(request, attemptsMade: 0, cancellation);

    /// <summary>Sends many requests; read the responses in order with <see cref="ReadPipelinedAsync"/>.</summary>
    /// <returns>False if the connection broke: nothing may be read, and each request must be exchanged alone.</returns>
    public async ValueTask<bool> TrySendPipelinedAsync(
        ReadOnlyMemory<byte> requests, int count, CancellationToken cancellation)
    {
        try
        {
            await _connection.OpenAsync(cancellation);
            _unansweredCount = count;
            Volatile.Write(ref _waitingSince, time.GetTimestamp());
            await _connection.SendAsync(requests, cancellation);
            return true;
        }
        catch (Exception failure) when (IsConnectionFailure(failure))
        {
            CloseConnection();
            return false;
        }
    }

    /// <summary>Reads the next pipelined response; <see cref="HttpAnswer.None"/> once the connection broke.</summary>
    public async ValueTask<HttpAnswer> ReadPipelinedAsync(CancellationToken cancellation)
    {
        if (!_connection.IsOpen)
            return HttpAnswer.None;
        try
        {
            var answer = await _connection.ReadAnswerAsync(cancellation);
            _unansweredCount--;
            Volatile.Write(ref _waitingSince, _unansweredCount > 0 ? time.GetTimestamp() : 0);
            if (answer.ClosesConnection)
                CloseConnection();
            return answer;
        }
        catch (Exception failure) when (IsConnectionFailure(failure))
        {
            CloseConnection();
            return HttpAnswer.None;
        }
    }

    /// <summary>Retries a request whose pipelined response was 503 or never came.</summary>
    public async ValueTask<HttpAnswer> ExchangeAgainAsync(
        ReadOnlyMemory<byte> request, int retryAfterSeconds, CancellationToken cancellation)
    {
        CountRetry();
        await Task.Delay(policy.WaitAfter(attempt: 1, retryAfterSeconds), time, cancellation);
        return await ExchangeAsync(request, attemptsMade: 1, cancellation);
    }

    /// <summary>
    /// Hangs up on a server that has not responded for <paramref name="limit"/>, so that its lane retries.
    /// </summary>
    public void AbortIfSilentFor(TimeSpan limit)
    {
        var since = Volatile.Read(ref _waitingSince);
        if (since != 0 && time.GetElapsedTime(since) > limit)
            _connection.Abort();
    }

    public void Dispose() => _connection.Dispose();

    private static bool IsConnectionFailure(Exception failure) =>
        failure is SocketException or IOException or InvalidDataException or ObjectDisposedException;

    private async ValueTask<HttpAnswer> ExchangeAsync(
        ReadOnlyMemory<byte> request, int attemptsMade, CancellationToken cancellation)
    {
        var firstSent = time.GetTimestamp();
        while (true)
        {
            attemptsMade++;
            var answer = await TrySendPipelinedAsync(request, count: 1, cancellation)
                ? await ReadPipelinedAsync(cancellation)
                : HttpAnswer.None;
            if (answer.Status is not (0 or 503) || time.GetElapsedTime(firstSent) >= policy.GiveUpAfter)
                return answer;
            CountRetry();
            await Task.Delay(policy.WaitAfter(attemptsMade, answer.RetryAfterSeconds), time, cancellation);
        }
    }

    private void CountRetry() => Volatile.Write(ref _retryCount, _retryCount + 1);

    private void CloseConnection()
    {
        _connection.Close();
        Volatile.Write(ref _waitingSince, 0);
    }
}
