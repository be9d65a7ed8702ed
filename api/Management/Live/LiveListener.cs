namespace Sluice.Api.Management.Live;

/// <summary>A listener's place on this node, until it is disposed of.</summary>
internal sealed class LiveListener(LiveHub hub, LiveFeed feed) : IDisposable
{
    private int _hasLeft;

    public LiveFeed Feed => feed;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _hasLeft, 1) == 0)
            hub.Leave(feed);
    }
}
