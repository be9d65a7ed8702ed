using Npgsql;
using Quartz;

namespace Sluice.Api.Jobs;

/// <summary>Runs a piece of work when Quartz says so, and where it has to be alone in the cluster, alone.</summary>
[DisallowConcurrentExecution]
internal sealed class JobRunner(
    IEnumerable<IJobWork> works,
    JobBell bell,
    JobRecorder recorder,
    IHostApplicationLifetime life,
    ILogger<JobRunner> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var work = works.First(w => w.Name == context.JobDetail.Key.Name);
        bell.Answer(work.Name);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, life.ApplicationStopping);
        try
        {
            await RunAsync(work, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped; the work goes on where it was when a node next does it.
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            JobLog.Failed(logger, work.Name, e.Message);
        }
    }

    private async Task RunAsync(IJobWork work, CancellationToken ct)
    {
        if (!work.OncePerCluster)
        {
            await recorder.RecordAsync(work, stop => TryAsync(work, stop), ct);
            return;
        }

        await using var turn = await recorder.TryTurnAsync(work, ct);
        if (turn is not null)
            await recorder.RecordAsync(work, stop => TryAsync(work, stop), ct);
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
#pragma warning disable CA1031 // A bug in one job is noted and must not end the schedule of the others.
        catch (Exception e)
        {
            JobLog.Broke(logger, e, work.Name);
            return (0, $"{e.GetType().Name}: {e.Message}");
        }
#pragma warning restore CA1031
    }
}
