// Written from the OpenAPI document by a test of the API, which says how.
using Sluice.Client.Models;

namespace Sluice.Client;

public sealed partial class SluiceClient
{
    /// <summary>Get what this node holds and has done; ?collect=true runs a garbage collection first.</summary>
    /// <param name="collect"><c>true</c> to run a garbage collection first; none if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<GetDiagnosticsResponse>> GetDiagnosticsAsync(
        string? collect = null,
        CancellationToken ct = default) =>
        SendAsync<GetDiagnosticsResponse>(
            SluiceRequest.To("GET", "/api/v1/diagnostics")
                .With("collect", collect),
            ct);
}
