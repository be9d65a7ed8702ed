using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Api.Jobs;
using Xunit;

namespace Sluice.Api.Tests.Mail;

public sealed class NoServerTests(NodeHost host) : IClassFixture<NodeHost>
{
    [Fact]
    public async Task WithoutAServer_MailStaysInTheOutbox_AndTheLogSaysSoOnce()
    {
        var tenant = await host.Operator().TenantPathAsync();
        var queued = (await host.Operator().PostAsync(
            $"{tenant}/notifications/test", new { email = "ada@example.com" })).Is(HttpStatusCode.Created);
        var job = host.Services.GetServices<IJobWork>().Single(static job => job.Name == "mail");

        Assert.Equal(0, await job.RunAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await job.RunAsync(TestContext.Current.CancellationToken));

        var seen = Assert.Single((await host.Operator().GetAsync("/api/v1/notifications?state=unsent")).Items());
        Assert.Equal(queued.String("id"), seen.GetProperty("id").GetString());
        (await host.Operator().PostAsync($"/api/v1/notifications/{queued.String("id")}/resend"))
            .IsProblem(HttpStatusCode.Conflict, "conflict");
        Assert.Equal(0L, await host.QueryAsync<long>("select count(*) from mail where tried_at is not null"));
        Assert.Single(host.Log.Text.Split('\n'), static line =>
            line.StartsWith("SLUICE_SMTP is not set", StringComparison.Ordinal));
    }
}
