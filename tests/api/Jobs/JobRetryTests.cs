using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Quartz;
using Sluice.Api.Jobs;
using Sluice.Api.Settings;
using Sluice.Storage.Control.Jobs;
using Xunit;

namespace Sluice.Api.Tests.Jobs;

/// <summary>A job that fails, on a real schedule over the host's store.</summary>
public sealed class JobRetryTests(NodeHost host) : IClassFixture<NodeHost>
{
    [Fact]
    public async Task WorkOfOnceAnHour_IsDoneSoonAfterItsFailures_NotAnHourLater()
    {
        var work = new FailingWork(failures: 2);
        await using var services = Serve(work);
        using var schedule = ActivatorUtilities.CreateInstance<JobSchedule>(services);
        await schedule.StartAsync(TestContext.Current.CancellationToken);

        var run = await Eventually.BecomesAsync(
            async () => (await host.Services.GetRequiredService<JobRunStore>()
                .ListAsync(TestContext.Current.CancellationToken)).SingleOrDefault(r => r.Name == work.Name),
            static found => found is { Done: 7 });

        Assert.Equal((3, 2, null), (run!.Runs, run.Failures, run.Error));
        await schedule.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(3, work.Runs);
    }

    private ServiceProvider Serve(IJobWork work)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton(work);
        services.AddSingleton<WakeSignal>();
        services.AddSingleton(Options.Create(new SluiceOptions { Jobs = true }));
        services.AddSingleton(host.Services.GetRequiredService<JobRecorder>());
        services.AddSingleton(host.Services.GetRequiredService<OutboxListener>());
        services.AddSingleton(host.Services.GetRequiredService<IHostApplicationLifetime>());
        services.AddQuartz(JobSchedule.SchedulerName, static quartz => quartz.UseInMemoryStore());
        return services.BuildServiceProvider();
    }

    private sealed class FailingWork(int failures) : IJobWork
    {
        public int Runs { get; private set; }

        public string Name => "fails-at-first";

        public TimeSpan Every => TimeSpan.FromHours(1);

        public bool OncePerCluster => true;

        public Task<long> RunAsync(CancellationToken ct) =>
            ++Runs <= failures ? throw new TimeoutException("The store was away.") : Task.FromResult(7L);
    }
}
