namespace Sluice.Api.Lanes;

/// <summary>The room that one batch has in the bulk lane until it is answered.</summary>
internal sealed class BulkPlace(BulkLane lane, long owner, long bytes) : IDisposable
{
    private int _left;

    /// <summary>Reads the batch when it is the owner's turn.</summary>
    public Task RunAsync(Action work) => lane.RunAsync(owner, work);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _left, 1) == 0)
            lane.Leave(owner, bytes);
    }
}
