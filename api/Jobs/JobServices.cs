using Quartz;

namespace Sluice.Api.Jobs;

/// <summary>Registers what runs by the clock.</summary>
internal static class JobServices
{
    /// <summary>Jobs of one node that run at the same time.</summary>
    private const int AtOnce = 4;

    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddSingleton<JobBell>();
        services.AddSingleton<JobMetrics>();
        services.AddSingleton<IJobWork, CloseJob>();
        services.AddSingleton<IJobWork, ExpiryJob>();
        services.AddSingleton<IJobWork, LookJob>();
        services.AddQuartz(static quartz => quartz.UseInMemoryStore().UseDefaultThreadPool(AtOnce));
        services.AddQuartzHostedService(static quartz => quartz.WaitForJobsToComplete = true);
        services.AddHostedService<JobSchedule>();
        return services;
    }
}
