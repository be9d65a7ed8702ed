using Sluice.Api.Lanes;

namespace Sluice.Api.Actions;

/// <summary>The place of one change, until its transaction has ended.</summary>
internal sealed class ChangePlace(FairQueue<long> queue, long tenantId) : IDisposable
{
    private int _left;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _left, 1) == 0)
            queue.Leave(tenantId);
    }
}
