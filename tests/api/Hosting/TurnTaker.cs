using System.Net;

namespace Sluice.Api.Tests.Hosting;

/// <summary>
/// Sends each request to the next node. Usage that a busy node answers with 503 is sent again after a pause, a few
/// times, as gateways do: nothing was counted, and a slow machine must not fail a test.
/// </summary>
internal sealed class TurnTaker(IReadOnlyList<Uri> addresses) : DelegatingHandler
{
    private const int AttemptsMax = 4;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private int _sent;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var isUsage = request.RequestUri!.AbsolutePath.StartsWith("/v1/", StringComparison.Ordinal);
        for (var attempt = 1; ; attempt++)
        {
            var answer = await SendToNextAsync(request, cancellationToken);
            if (!isUsage || answer.StatusCode != HttpStatusCode.ServiceUnavailable || attempt == AttemptsMax)
                return answer;
            answer.Dispose();
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }

    private Task<HttpResponseMessage> SendToNextAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var turn = (Interlocked.Increment(ref _sent) & int.MaxValue) % addresses.Count;
        request.RequestUri = new Uri(addresses[turn], request.RequestUri!.PathAndQuery);
        return base.SendAsync(request, cancellationToken);
    }
}
