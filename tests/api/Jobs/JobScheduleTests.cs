using System.Text.Json;
using Xunit;

namespace Sluice.Api.Tests.Jobs;

/// <summary>Scheduled jobs, on a host that runs them.</summary>
public sealed class JobScheduleTests(RunningJobs host) : IClassFixture<RunningJobs>
{
    [Fact]
    public async Task EveryJob_Runs_AndItsLastRunIsThereToSee()
    {
        var jobs = await Eventually.BecomesAsync(
            JobsAsync,
            static found => found.All(static job =>
                job.GetProperty("lastRun") is { ValueKind: JsonValueKind.Object } run
                && run.GetProperty("succeededAt").ValueKind == JsonValueKind.String));

        Assert.True(jobs.Count >= 5);
        Assert.All(jobs, static job =>
        {
            var run = job.GetProperty("lastRun");
            Assert.Equal(JsonValueKind.Null, run.GetProperty("error").ValueKind);
            Assert.Equal(0, run.GetProperty("failures").GetInt32());
            Assert.True(run.GetProperty("runs").GetInt32() > 0);
        });
    }

    [Fact]
    public async Task TheEndOfAMonth_IsClosedByItself()
    {
        var customer = await Customer.CreateAsync(host, timeZone: "Pacific/Auckland");
        await customer.UseAsync(3);
        await customer.SeesInLedgerAsync(3);

        host.Time.Turn(TimeSpan.FromDays(31));

        Assert.Equal(1, await Eventually.IsAsync(
            async () => (await host.Operator().GetAsync($"{customer.TenantPath}/statements"))["items"]
                .EnumerateArray().Count(static s => s.GetProperty("state").GetString() == "closed"),
            1));
    }

    private async Task<IReadOnlyList<JsonElement>> JobsAsync() =>
        [.. (await host.Operator().GetAsync("/api/v1/jobs"))["items"].EnumerateArray()];
}
