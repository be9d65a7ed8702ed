// Written from the OpenAPI document by a test of the API, which says how.
using Sluice.Client.Models;

namespace Sluice.Client;

public sealed partial class SluiceClient
{
    /// <summary>Answers while the process runs.</summary>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<HealthRoutesLiveResponse>> LiveAsync(CancellationToken ct = default) =>
        SendAsync<HealthRoutesLiveResponse>(
            SluiceRequest.To("GET", "/health/live"),
            ct);

    /// <summary>Says whether this node takes requests, and if not, why.</summary>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<HealthRoutesReadyResponse>> ReadyAsync(CancellationToken ct = default) =>
        SendAsync<HealthRoutesReadyResponse>(
            SluiceRequest.To("GET", "/health/ready"),
            ct);
}
