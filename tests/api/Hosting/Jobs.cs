using Microsoft.Extensions.DependencyInjection;
using Sluice.Api.Jobs;

namespace Sluice.Api.Tests.Hosting;

/// <summary>Runs jobs when a test wants it; test hosts run none by themselves.</summary>
internal static class Jobs
{
    /// <summary>Runs a job once; returns how much it did.</summary>
    public static Task<long> RunAsync(this NodeHost host, string job) =>
        host.Services.GetServices<IJobWork>().Single(work => work.Name == job)
            .RunAsync(CancellationToken.None);

    /// <summary>Closes ended periods, repeatedly until the ledger's last batches are added up.</summary>
    public static Task<bool> CloseAsync(this NodeHost host, Func<Task<bool>> done) => Eventually.IsAsync(
        async () =>
        {
            await host.RunAsync("close-periods");
            return await done();
        },
        true);
}
