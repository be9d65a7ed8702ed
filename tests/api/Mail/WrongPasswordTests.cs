using Sluice.TestSupport.Mail;
using Sluice.TestSupport.Postgres;
using Xunit;

namespace Sluice.Api.Tests.Mail;

public sealed class WrongPasswordTests(WrongPasswordTests.Host host) : IClassFixture<WrongPasswordTests.Host>
{
    [Fact]
    public async Task AWrongPassword_IsTheServersMatter_AndCostsNoMailAnAttempt()
    {
        var tenant = await host.Operator().TenantPathAsync();
        var id = await host.FireAsync(tenant, ["ada@example.com"]);

        var waiting = await Eventually.BecomesAsync(
            async () =>
            {
                await host.RunJobsAsync();
                return await host.SeeAsync(id);
            },
            static mail => mail["lastError"].GetString() is not null);

        Assert.Equal(("unsent", 0), (waiting.String("state"), waiting["attempts"].GetInt32()));
        Assert.Equal("unsent", waiting["recipients"][0].GetProperty("state").GetString());
        Assert.DoesNotContain("wrong", host.Log.Text);
    }

    public sealed class Host(PostgresFixture postgres) : MailHost(postgres)
    {
        // A password may be sent unencrypted to this machine itself.
        protected override string User => "user:wrong@";

        protected override string Query => "starttls=false&";

        protected override Task<MailServer> StartServerAsync() => MailServer.StartAsync(new("user:right"));
    }
}
