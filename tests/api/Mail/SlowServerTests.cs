using Sluice.TestSupport.Postgres;
using Xunit;

namespace Sluice.Api.Tests.Mail;

/// <summary>A node that waits for its mail server for only two seconds.</summary>
public sealed class SlowServerTests(SlowServerTests.ImpatientHost host) : IClassFixture<SlowServerTests.ImpatientHost>
{
    [Fact]
    public async Task AServerThatIsSlow_OrHangsUp_GetsTheSameMailAgain()
    {
        var tenant = await host.Operator().TenantPathAsync();
        host.Smtp.Set("drop");
        host.Smtp.Set("slow");
        var dropped = await host.FireAsync(tenant, ["drop-a@example.com"]);
        var slow = await host.FireAsync(tenant, ["slow-a@example.com"]);
        Assert.Contains("no answer within 2 s", (await HasErrorAsync(slow)).String("lastError"));
        await HasErrorAsync(dropped);
        Assert.Equal(0, (await host.SeeAsync(dropped))["attempts"].GetInt32());

        host.Smtp.Unset("drop");
        host.Smtp.Unset("slow");
        await host.BecomesAsync(dropped, "sent", () => host.Time.Turn(TimeSpan.FromSeconds(15)));
        await host.BecomesAsync(slow, "sent", () => host.Time.Turn(TimeSpan.FromSeconds(15)));

        Assert.Equal($"{dropped}@sluice.example.com", Assert.Single(host.TakenOf(dropped)).MessageId);
        Assert.NotEmpty(host.TakenOf(slow));
    }

    [Fact]
    public async Task AMailThatWasTaken_IsSent_ThoughTheServerDoesNotSayGoodbye()
    {
        var tenant = await host.Operator().TenantPathAsync();
        var id = await host.FireAsync(tenant, ["silent-a@example.com"]);

        var sent = await host.BecomesAsync(id, "sent");

        Assert.Null(sent["lastError"].GetString());
        Assert.Single(host.TakenOf(id));
    }

    private Task<Answer> HasErrorAsync(string id) => Eventually.BecomesAsync(
        async () =>
        {
            await host.RunJobsAsync();
            return await host.SeeAsync(id);
        },
        static mail => mail["lastError"].GetString() is not null);

    /// <summary>A separate host: on a busy machine the mails of other tests may take longer than two seconds.</summary>
    public sealed class ImpatientHost(PostgresFixture postgres) : MailHost(postgres)
    {
        protected override string Query => "timeout=2&";
    }
}
