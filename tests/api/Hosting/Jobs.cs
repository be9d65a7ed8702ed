using Microsoft.Extensions.DependencyInjection;
using Sluice.Api.Jobs;

namespace Sluice.Api.Tests.Hosting;

/// <summary>Runs jobs at the tests' own time; the hosts of tests have none that run by themselves.</summary>
internal static class Jobs
{
    /// <summary>Does what is due, and says how much that was.</summary>
    public static Task<long> RunAsync(this NodeHost host, string job) =>
        host.Services.GetServices<IJobWork>().Single(work => work.Name == job)
            .RunAsync(CancellationToken.None);

    /// <summary>Closes what is over, as often as it takes until the ledger's last batches are added up.</summary>
    public static Task<bool> CloseAsync(this NodeHost host, Func<Task<bool>> done) => Eventually.IsAsync(
        async () =>
        {
            await host.RunAsync("close-periods");
            return await done();
        },
        true);
}
