using Npgsql;
using Quartz;

namespace Sluice.Api.Jobs;

/// <summary>
/// Runs a job's work when Quartz triggers it; if the work is once per cluster, only while holding its lock.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class JobRunner(
    IEnumerable<IJobWork> works,
    WakeSignal bell,
    JobRecorder recorder,
    IHostApplicationLifetime life,
    ILogger<JobRunner> logger) : IJob
{
    /// <summary>The delay after a first failure; it doubles with each further one.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>The key of a trigger's data that counts the failures so far.</summary>
    private const string Failures = "failures";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var work = works.First(w => w.Name == context.JobDetail.Key.Name);
        bell.Answer(work.Name);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, life.ApplicationStopping);
        try
        {
            if (!await RunAsync(work, stop.Token))
                await RetryAsync(context, work, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped; a node that runs the work next continues it.
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            JobLog.Failed(logger, work.Name, e.Message);
            await RetryAsync(context, work, CancellationToken.None);
        }
    }

    /// <summary>
    /// Schedules a retry, so that a daily job is not delayed by a day because the store was away for a moment.
    /// </summary>
    private static async Task RetryAsync(IJobExecutionContext context, IJobWork work, CancellationToken ct)
    {
        var failures = context.Trigger.JobDataMap.TryGetInt(Failures, out var before) ? before : 0;
        var wait = RetryAfter * Math.Pow(2, failures);
        if (wait >= work.Every)
            return;
        var again = TriggerBuilder.Create().ForJob(context.JobDetail).UsingJobData(Failures, failures + 1)
            .StartAt(context.FireTimeUtc + wait).Build();
        await context.Scheduler.ScheduleJob(again, cancellationToken: ct);
    }

    /// <returns>False if it failed.</returns>
    private async Task<bool> RunAsync(IJobWork work, CancellationToken ct)
    {
        if (!work.OncePerCluster)
            return await recorder.RecordAsync(work, stop => TryAsync(work, stop), ct);
        await using var turn = await recorder.TryTurnAsync(work, ct);
        return turn is null || await recorder.RecordAsync(work, stop => TryAsync(work, stop), ct);
    }

    private async Task<(long Done, string? Error)> TryAsync(IJobWork work, CancellationToken ct)
    {
        try
        {
            return (await work.RunAsync(ct), null);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            JobLog.Failed(logger, work.Name, e.Message);
            return (0, e.Message);
        }
#pragma warning disable CA1031 // A bug in one job is recorded and must not end the schedule of the others.
        catch (Exception e)
        {
            JobLog.Broke(logger, e, work.Name);
            return (0, $"{e.GetType().Name}: {e.Message}");
        }
#pragma warning restore CA1031
    }
}
