using Quartz;

namespace Sluice.Api.Jobs;

/// <summary>Registers what runs by the clock.</summary>
internal static class JobServices
{
    /// <summary>Jobs of one node that run at the same time.</summary>
    private const int AtOnce = 4;

    /// <param name="services">The host's services.</param>
    /// <param name="machine">The machine's time.</param>
    public static IServiceCollection AddJobs(this IServiceCollection services, TimeProvider machine)
    {
        services.AddSingleton<WakeSignal>();
        services.AddSingleton<JobMetrics>();
        services.AddSingleton<JobRecorder>();
        services.AddSingleton<OutboxListener>();
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
