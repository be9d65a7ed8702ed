using Microsoft.Extensions.Options;
using Npgsql;
using Quartz;
using Sluice.Api.Settings;
using Sluice.Storage.Jobs;

namespace Sluice.Api.Jobs;

/// <summary>
/// Runs a piece of work when Quartz says so: alone in the cluster where it has to be, and with its outcome written down
/// for people to see.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class JobRunner(
    IEnumerable<IJobWork> works,
    JobBell bell,
    JobRunStore runs,
    JobMetrics metrics,
    IOptions<SluiceOptions> options,
    IHostApplicationLifetime life,
    TimeProvider time,
    ILogger<JobRunner> logger) : IJob
{
    /// <summary>A run that is shared and found nothing to do is written down this often, that it is seen to live.</summary>
    private static readonly TimeSpan IdleNote = TimeSpan.FromSeconds(10);

    private string Node => options.Value.Node.Length == 0
        ? Environment.MachineName
        : $"{Environment.MachineName}/{options.Value.Node}";

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
            await DoAsync(work, ct);
            return;
        }

        await using var turn = await runs.TryLockAsync(work.Name, ct);
        if (turn is null || await WasJustDoneAsync(work, ct))
            return;
        await DoAsync(work, ct);
    }

    /// <summary>Another node has done it: its clock ticks like ours, only not at the same moment.</summary>
    private async Task<bool> WasJustDoneAsync(IJobWork work, CancellationToken ct)
    {
        if (await runs.FindStartAsync(work.Name, ct) is not { } started)
            return false;
        var ago = time.GetUtcNow() - started;

        // A start in the future is from before the clock was put back, and says nothing.
        return ago >= TimeSpan.Zero && ago < work.Every / 2;
    }

    private async Task DoAsync(IJobWork work, CancellationToken ct)
    {
        var noted = work.OncePerCluster || await IsNoteDueAsync(work, ct);
        var startedAt = time.GetUtcNow();
        if (noted)
            await runs.BeginAsync(work.Name, Node, startedAt, ct);
        var from = time.GetTimestamp();
        var (done, error) = await TryAsync(work, ct);
        metrics.Ran(work.Name, time.GetElapsedTime(from), done, error is not null);
        if (!noted && (done > 0 || error is not null))
            await runs.BeginAsync(work.Name, Node, startedAt, ct);
        if (noted || done > 0 || error is not null)
            await runs.EndAsync(work.Name, time.GetUtcNow(), done, error, ct);
    }

    private async Task<bool> IsNoteDueAsync(IJobWork work, CancellationToken ct) =>
        await runs.FindStartAsync(work.Name, ct) is not { } started
        || (time.GetUtcNow() - started).Duration() > IdleNote;

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
        catch (Exception e)
        {
            JobLog.Broke(logger, e, work.Name);
            return (0, $"{e.GetType().Name}: {e.Message}");
        }
    }
}
