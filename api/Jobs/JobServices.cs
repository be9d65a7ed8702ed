using Quartz;

namespace Sluice.Api.Jobs;

/// <summary>Registers the scheduled jobs.</summary>
internal static class JobServices
{
    /// <summary>The number of jobs that one node runs at the same time.</summary>
    private const int AtOnce = 4;

    /// <param name="services">The host's services.</param>
    /// <param name="machine">The machine's clock.</param>
    public static IServiceCollection AddJobs(this IServiceCollection services, TimeProvider machine)
    {
        services.AddSingleton<WakeSignal>();
        services.AddSingleton<JobMetrics>();
        services.AddSingleton<JobRecorder>();
        services.AddSingleton<OutboxListener>();
        services.AddSingleton<IJobWork, ThresholdEventDispatcher>();
        services.AddSingleton<IJobWork, MailJob>();
        services.AddSingleton<IJobWork, WebhookJob>();
        services.AddSingleton<IJobWork, CloseJob>();
        services.AddSingleton<IJobWork, ExpiryJob>();
        services.AddSingleton<IJobWork, MissedThresholdScan>();
        services.AddSingleton<IJobWork, ReconcileJob>();
        services.AddSingleton<IJobWork, RetentionJob>();
        services.AddQuartz(JobSchedule.SchedulerName, quartz => quartz
            .UseInMemoryStore().UseDefaultThreadPool(AtOnce).UseTimeProvider(new MonotonicTimeProvider(machine)));
        services.AddHostedService<JobSchedule>();
        return services;
    }
}
