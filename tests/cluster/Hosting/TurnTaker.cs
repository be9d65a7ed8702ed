namespace Sluice.Api.Tests.Hosting;

/// <summary>Sends each request to the next node.</summary>
internal sealed class TurnTaker(IReadOnlyList<Uri> addresses) : DelegatingHandler
{
    private int _sent;

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var turn = (Interlocked.Increment(ref _sent) & int.MaxValue) % addresses.Count;
        request.RequestUri = new Uri(addresses[turn], request.RequestUri!.PathAndQuery);
        return base.SendAsync(request, cancellationToken);
    }
}
