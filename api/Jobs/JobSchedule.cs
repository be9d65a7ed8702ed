using Microsoft.Extensions.Options;
using Npgsql;
using Quartz;
using Sluice.Api.Settings;

namespace Sluice.Api.Jobs;

/// <summary>
/// Puts every <see cref="IJobWork"/> on Quartz' schedule, which is in memory: what is due follows from the database, so
/// nothing of it has to be remembered. New rows in an outbox wake the work on them at once.
/// </summary>
internal sealed class JobSchedule(
    IEnumerable<IJobWork> works,
    ISchedulerFactory schedulers,
    JobBell bell,
    NpgsqlDataSource source,
    IOptions<SluiceOptions> options,
    TimeProvider time,
    ILogger<JobSchedule> logger) : BackgroundService
{
    private const string Channel = "sluice_outbox";

    /// <summary>Rows that come together wake their job once.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(20);

    /// <summary>Pause after the store went away.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>So often a connection that hears nothing is asked whether it still lives, seconds.</summary>
    private const int KeepAliveSeconds = 30;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Jobs)
        {
            JobLog.Off(logger);
            return;
        }

        var scheduler = await schedulers.GetScheduler(stoppingToken);
        foreach (var work in works)
            await ScheduleAsync(scheduler, work, stoppingToken);
        await ListenAsync(scheduler, stoppingToken);
    }

    private static async Task ScheduleAsync(IScheduler scheduler, IJobWork work, CancellationToken ct)
    {
        var job = JobBuilder.Create<JobRunner>().WithIdentity(work.Name).StoreDurably().Build();
        var trigger = TriggerBuilder.Create().WithIdentity(work.Name).StartNow()
            .WithSimpleSchedule(s => s.WithInterval(work.Every).RepeatForever().MeasureIntervalFromCompletion(true))
            .Build();
        await scheduler.ScheduleJob(job, trigger, cancellationToken: ct);
    }

    private async Task ListenAsync(IScheduler scheduler, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await HearAsync(scheduler, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
            {
                // Jobs also run by the clock, so rows of meanwhile wait a second at most.
                JobLog.Deaf(logger, e.Message);
                await Task.Delay(Pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task HearAsync(IScheduler scheduler, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        var tables = new HashSet<string>(StringComparer.Ordinal);
        connection.Notification += (_, news) => tables.Add(news.Payload);
        await using (var listen = new NpgsqlCommand($"listen {Channel}", connection))
            await listen.ExecuteNonQueryAsync(stop);
        while (true)
        {
            if (!await connection.WaitAsync(TimeSpan.FromSeconds(KeepAliveSeconds), stop))
            {
                await using var alive = new NpgsqlCommand("select 1", connection);
                await alive.ExecuteScalarAsync(stop);
                continue;
            }

            await Task.Delay(Gathering, time, stop);
            foreach (var name in tables.Select(WokenBy).OfType<string>().Where(n => works.Any(w => w.Name == n)))
            {
                if (bell.Ring(name))
                    await scheduler.TriggerJob(new JobKey(name), cancellationToken: stop);
            }

            tables.Clear();
        }
    }

    private static string? WokenBy(string table) => table switch
    {
        "transition" => "tell",
        "mail" => "mail",
        "webhook_delivery" => "webhooks",
        _ => null,
    };
}
