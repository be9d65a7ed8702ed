using System.Collections.Concurrent;

namespace Sluice.Api.Lanes;

/// <summary>
/// Runs tasks on a few threads of its own. What awaits within such a task goes on there too, so a request that is begun
/// here stays here, however long it takes, and never occupies a thread that others need.
/// </summary>
internal sealed class LaneScheduler : TaskScheduler, IDisposable
{
    private readonly BlockingCollection<Task> _tasks = [];

    /// <param name="name">The name of its threads.</param>
    /// <param name="threads">How many.</param>
    /// <param name="niceness">0 to 19.</param>
    public LaneScheduler(string name, int threads, int niceness)
    {
        MaximumConcurrencyLevel = threads;
        for (var i = 0; i < threads; i++)
            LaneThread.Start(name, niceness, Work);
    }

    public override int MaximumConcurrencyLevel { get; }

    /// <summary>Lets the threads end once nothing is queued.</summary>
    public void Dispose() => _tasks.CompleteAdding();

    protected override void QueueTask(Task task)
    {
        try
        {
            _tasks.Add(task);
        }
        catch (InvalidOperationException)
        {
            // Nothing is lost at the end of the process: what still comes runs where everything else does.
            ThreadPool.UnsafeQueueUserWorkItem(_ => TryExecuteTask(task), null);
        }
    }

    /// <summary>Never on a thread outside the lane.</summary>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _tasks;

    private void Work()
    {
        foreach (var task in _tasks.GetConsumingEnumerable())
            TryExecuteTask(task);
    }
}
