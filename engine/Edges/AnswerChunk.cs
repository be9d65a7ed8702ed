using Sluice.Engine.Metering;

namespace Sluice.Engine.Edges;

/// <summary>
/// Answers of a batch, given on the thread pool a handful at a time: each answer sends a response, and a work item of
/// its own for each would wake more threads than there are cores.
/// </summary>
internal sealed class AnswerChunk : IThreadPoolWorkItem
{
    /// <summary>Answers that one work item gives; the last of them waits for the others.</summary>
    private const int SizeMax = 16;

    private readonly UsageEvent[] _events;

    private AnswerChunk(UsageEvent[] events) => _events = events;

    /// <summary>Gives the answers and lets go of the events.</summary>
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
