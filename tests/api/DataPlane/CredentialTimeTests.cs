using System.Net;
using Xunit;

namespace Sluice.Api.Tests.DataPlane;

public sealed class CredentialTimeTests(NodeHost host) : IClassFixture<NodeHost>
{
    [Fact]
    public async Task AnOldSecret_WorksForItsGraceTime_AndNotLonger()
    {
        var customer = await Customer.CreateAsync(host);

        var renewed = await customer.Operator.PostAsync($"{customer.KeyPath}/regenerate", new { graceSeconds = 60 });
        var renewedKey = host.Bearing(renewed.Is(HttpStatusCode.OK).String("secret"));

        (await customer.UseAsync(1)).Is(HttpStatusCode.OK);
        (await renewedKey.PostAsync("/v1/usage", """{"metrics": {"text_tokens": 1}}""")).Is(HttpStatusCode.OK);
        host.Time.Turn(TimeSpan.FromSeconds(61));
        (await customer.UseAsync(1)).IsProblem(HttpStatusCode.Unauthorized, "unauthorized");
        (await renewedKey.PostAsync("/v1/usage", """{"metrics": {"text_tokens": 1}}""")).Is(HttpStatusCode.OK);
        await customer.SeesInLedgerAsync(3);
    }

    [Fact]
    public async Task TheList_ShowsThatTheOldSecretIsStillUsed()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.Operator.PostAsync($"{customer.KeyPath}/regenerate", new { graceSeconds = 3600 });
        await customer.UseAsync(1);

        var key = await Eventually.BecomesAsync(
            async () => (await customer.Operator.GetAsync($"{customer.ProjectPath}/keys"))["items"][0],
            static key => key.GetProperty("oldSecretLastUsedAt").GetString() is not null);

        Assert.NotNull(key.GetProperty("oldSecretLastUsedAt").GetString());
        Assert.NotNull(key.GetProperty("lastUsedAt").GetString());
    }

    [Fact]
    public async Task TheList_ShowsAUseByTheGateway_WhichNeedsNoSecretOfTheKey()
    {
        var customer = await Customer.CreateAsync(host);
        (await host.Gateway().PostAsync(
            "/v1/usage/batch",
            new[] { new { keyId = customer.KeyId, metrics = new { text_tokens = 1 } } }))
            .Is(HttpStatusCode.OK);

        await Eventually.BecomesAsync(
            async () => (await customer.Operator.GetAsync($"{customer.ProjectPath}/keys"))["items"][0],
            static key => key.GetProperty("lastUsedAt").GetString() is not null);
    }

    [Fact]
    public async Task AKey_StopsAtItsExpiry_AndWorksAgainWhenThatIsMovedOn()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.Operator.PatchAsync(
            customer.KeyPath, new { expiresAt = host.Time.GetUtcNow() + TimeSpan.FromSeconds(90) });
        (await customer.UseAsync(1)).Is(HttpStatusCode.OK);

        host.Time.Turn(TimeSpan.FromSeconds(91));

        (await customer.UseAsync(1)).IsProblem(HttpStatusCode.Unauthorized, "unauthorized");
        await customer.Operator.PatchAsync(customer.KeyPath, """{"expiresAt": null}""");
        (await customer.UseAsync(1)).Is(HttpStatusCode.OK);
        await customer.SeesInLedgerAsync(2);
    }
}
