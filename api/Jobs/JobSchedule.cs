using Microsoft.Extensions.Options;
using Quartz;
using Sluice.Api.Settings;

namespace Sluice.Api.Jobs;

/// <summary>
/// Puts every <see cref="IJobWork"/> on Quartz's in-memory schedule: what is due follows from the database, so the
/// schedule need not be stored. New rows in an outbox wake their job at once. The node does not wait for any of this
/// before it serves.
/// </summary>
internal sealed class JobSchedule(
    IEnumerable<IJobWork> works,
    [FromKeyedServices(JobSchedule.SchedulerName)] ISchedulerFactory schedulers,
    WakeSignal bell,
    OutboxListener outboxes,
    IOptions<SluiceOptions> options) : BackgroundService
{
    public const string SchedulerName = "sluice";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Jobs)
            return;
        var scheduler = await schedulers.GetScheduler(stoppingToken);
        foreach (var work in works)
            await ScheduleAsync(scheduler, work, stoppingToken);
        await scheduler.Start(stoppingToken);
        try
        {
            await outboxes.ListenAsync(tables => WakeAsync(scheduler, tables, stoppingToken), stoppingToken);
        }
        finally
        {
            // Running work is cancelled by its own token; the shutdown waits for it.
            await scheduler.Shutdown(waitForJobsToComplete: true, CancellationToken.None);
        }
    }

    private static async Task ScheduleAsync(IScheduler scheduler, IJobWork work, CancellationToken ct)
    {
        var job = JobBuilder.Create<JobRunner>().WithIdentity(work.Name).StoreDurably().Build();
        var trigger = TriggerBuilder.Create().WithIdentity(work.Name).StartNow()
            .WithSimpleSchedule(s => s.WithInterval(work.Every).RepeatForever().MeasureIntervalFromCompletion(true))
            .Build();
        await scheduler.ScheduleJob(job, trigger, cancellationToken: ct);
    }

    private async Task WakeAsync(IScheduler scheduler, IReadOnlySet<string> tables, CancellationToken ct)
    {
        foreach (var work in works)
        {
            if (work.WokenBy is { } table && tables.Contains(table) && bell.Ring(work.Name))
                await scheduler.TriggerJob(new JobKey(work.Name), cancellationToken: ct);
        }
    }
}
