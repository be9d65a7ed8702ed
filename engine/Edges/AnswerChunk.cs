using Sluice.Engine.Events;


namespace Sluice.Engine.Edges;

/// <summary>
/// Completes the events of a batch on the thread pool, a few per work item: each completion sends a response, and one
/// work item per event would wake more threads than there are cores.
/// </summary>
internal sealed class AnswerChunk : IThreadPoolWorkItem
{
    /// <summary>Maximum events per work item; the last one waits for the others.</summary>
    private const int SizeMax = 16;

    private readonly UsageEvent[] _events;

    private AnswerChunk(UsageEvent[] events) => _events = events;

    /// <summary>Queues the events: completes each of them and releases it.</summary>
    public static void Queue(List<UsageEvent> events)
    {
        for (var start = 0; start < events.Count; start += SizeMax)
        {
            var chunk = new AnswerChunk([.. events.Slice(start, Math.Min(SizeMax, events.Count - start))]);
            ThreadPool.UnsafeQueueUserWorkItem(chunk, preferLocal: false);
        }
    }

    public void Execute()
    {
        foreach (var usage in _events)
        {
            usage.Answer();
            usage.Release();
        }
    }
}
