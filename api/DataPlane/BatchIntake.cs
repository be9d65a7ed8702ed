using Sluice.Api.Lanes;
using Sluice.Api.Problems;

namespace Sluice.Api.DataPlane;

/// <summary>
/// Takes in one batch. A small one is read at once; a large one waits for room, and is unpacked and read in the bulk
/// lane, so that other callers' requests need not wait for it. Disposed of once the batch is answered.
/// </summary>
internal sealed class BatchIntake : IDisposable
{
    private static readonly BatchIntake Small = new(null);

    private readonly BulkPlace? _place;

    private BatchIntake(BulkPlace? place) => _place = place;

    /// <summary>Enters a batch; null after it was refused because its caller has too many already.</summary>
    /// <param name="http">The request; nothing of its body has been read.</param>
    /// <param name="lane">The bulk lane.</param>
    /// <param name="owner">The tenant, or 0 for a gateway.</param>
    public static async ValueTask<BatchIntake?> EnterAsync(HttpContext http, BulkLane lane, long owner)
    {
        var size = http.Request.Headers.ContentEncoding.Count == 0 ? http.Request.ContentLength : null;
        if (size <= BulkLane.SmallMax)
            return Small;
        var bytes = Math.Min(size ?? DataPlaneBounds.BatchBodyMax, DataPlaneBounds.BatchBodyMax);
        if (await lane.EnterAsync(owner, bytes, http.RequestAborted) is { } place)
            return new BatchIntake(place);
        BoundMetrics.Refused(http, "batches");
        http.Response.Headers.RetryAfter = "1";
        await DataPlaneHost.SendProblemAsync(
            http, 429, ProblemTypes.TooManyBatches, "Too many batches at once.",
            $"For {BulkLane.Patience.TotalSeconds:0} seconds there was no room for the body. Nothing was counted.");
        return null;
    }

    /// <summary>Receives the body; null after a refusal was sent.</summary>
    public ValueTask<ReceivedBody?> ReceiveAsync(HttpContext http, string[] types) =>
        BodyReceiver.ReceiveAsync(http, DataPlaneBounds.BatchBodyMax, types, RunAsync);

    /// <summary>Does heavy work for the batch: in the bulk lane, or at once if it is small.</summary>
    public Task RunAsync(Action work)
    {
        if (_place is not null)
            return _place.RunAsync(work);
        work();
        return Task.CompletedTask;
    }

    public void Dispose() => _place?.Dispose();
}
