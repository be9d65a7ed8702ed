using Sluice.Client;
using Sluice.Client.Models;
using Sluice.LoadTest.Management;

namespace Sluice.LoadTest.Demo.Platform;

/// <summary>Sends usage that has happened, in batches. Events have ids: what is sent again counts once.</summary>
internal sealed class DemoSender(SluiceClient gateway)
{
    private const int EventsPerBatch = 1_000;

    /// <exception cref="ManagementException">An event was not counted.</exception>
    public async Task SendAsync(IEnumerable<BatchItem> events, CancellationToken cancellation)
    {
        foreach (var batch in events.Chunk(EventsPerBatch))
        {
            var answer = DemoCalls.Of(await gateway.PostUsageBatchAsync(batch, ct: cancellation));
            if (answer.Results.FirstOrDefault(static result => !result.Allowed) is { Problem: { } problem })
                throw new ManagementException($"{problem.Type}: {problem.Detail}");
        }
    }
}
