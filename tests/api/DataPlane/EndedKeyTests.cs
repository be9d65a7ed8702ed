using System.Net;
using System.Text;
using Xunit;

namespace Sluice.Api.Tests.DataPlane;

/// <summary>What was begun with a key may end after the key has; nothing new begins.</summary>
public abstract class EndedKeyTests(NodeHost host)
{
    public sealed class OnOneNode(NodeHost host) : EndedKeyTests(host), IClassFixture<NodeHost>;

    public sealed class OnThreeNodes(ThreeNodes host) : EndedKeyTests(host), IClassFixture<ThreeNodes>;

    [Theory]
    [InlineData("deleted")]
    [InlineData("expired")]
    [InlineData("regenerated")]
    [InlineData("project deleted")]
    [InlineData("tenant suspended")]
    public async Task AnEndedSecret_CommitsWhatItReserved_UpToWhatIsHeld_AndDoesNothingElse(string end)
    {
        var customer = await (await Customer.CreateAsync(host)).AnotherProjectAsync();
        (await ReserveAsync(customer, "r", 500)).Is(HttpStatusCode.Created);
        (await ReserveAsync(customer, "s", 40)).Is(HttpStatusCode.Created);
        await EndAsync(customer, end);

        Refused(await customer.UseAsync(1));
        Refused(await customer.Key.PostAsync(
            "/v1/usage", """{"mode": "record", "metrics": {"text_tokens": 1}}"""));
        Refused(await ReserveAsync(customer, "t", 1));
        Refused(await CommitAsync(customer, "unknown", 1));
        var more = (await CommitAsync(customer, "r", 501)).IsProblem(HttpStatusCode.UnprocessableEntity, "rule-broken");
        var first = (await CommitAsync(customer, "r", 321)).Is(HttpStatusCode.OK);
        var again = (await CommitAsync(customer, "r", 321)).Is(HttpStatusCode.OK);
        (await customer.Key.DeleteAsync("/v1/reservations/s")).Is(HttpStatusCode.NoContent);

        Assert.Contains("500", more["errors"].GetProperty("metrics.text_tokens")[0].GetString());
        Assert.Equal((false, true), (first["duplicate"].GetBoolean(), again["duplicate"].GetBoolean()));
        await customer.SeesInLedgerAsync(321);
        await customer.SeesUsedAsync(321, customer.TenantId);
        (await customer.Operator.GetAsync($"{customer.TenantPath}/usage?groupBy=key,project&metric=text_tokens"))
            .IsJson($$"""
                {"items": [{"key": "{{customer.KeyId}}", "project": "{{customer.ProjectId}}",
                            "keyName": "{{customer.KeyName}}", "projectName": "{{customer.ProjectName}}",
                            "metric": "text_tokens", "value": 321}]}
                """);
    }

    [Theory]
    [InlineData("reclaimed")]
    [InlineData("member removed")]
    [InlineData("plan ended")]
    public async Task AnEndedSeatKey_CommitsWhatItReserved_ForItsSeat(string end)
    {
        var owner = await Person.OwnerAsync(host);
        var holder = await owner.HireAsync(host);
        var seat = owner.SeatPath(await owner.SubscribeAsync(host, lasts: TimeSpan.FromMinutes(30)));
        await owner.Api.AssignAsync(seat, holder);
        var secret = (await owner.Api.PostAsync($"{seat}/key")).Is(HttpStatusCode.Created).String("secret");
        var key = host.Bearing(secret);
        (await key.PostAsync(
            "/v1/reservations", new { id = "r", ttlSeconds = 3600, metrics = new { text_tokens = 500 } }))
            .Is(HttpStatusCode.Created);

        if (end == "reclaimed")
            (await owner.Api.PostAsync($"{seat}/reclaim")).Is(HttpStatusCode.OK);
        else if (end == "member removed")
            (await owner.Api.DeleteAsync(owner.PathOf(holder))).Is(HttpStatusCode.NoContent);
        else
            host.Time.Turn(TimeSpan.FromMinutes(31));

        var refused = await host.SpendAsync(secret);
        Refused(refused);
        Assert.Equal(
            end == "plan ended", refused.String("detail").Contains("plan", StringComparison.Ordinal));
        (await key.PostAsync("/v1/reservations/r/commit", """{"metrics": {"text_tokens": 321}}"""))
            .Is(HttpStatusCode.OK);
        var usage = await Eventually.BecomesAsync(
            async () => (await host.Operator().GetAsync(
                $"{owner.TenantPath}/usage?groupBy=seat&metric=text_tokens")).Items(),
            static items => items.Count > 0);
        Assert.Equal(
            (seat.Split('/')[^1], 321),
            (usage[0].GetProperty("seat").GetString(), usage[0].GetProperty("value").GetInt32()));
    }

    [Fact]
    public async Task AGateway_CountsWhatHasHappened_ForAKeyThatHasEnded()
    {
        var customer = await Customer.CreateAsync(host);
        var gateway = host.Gateway();
        (await ReserveAsync(customer, "r", 500)).Is(HttpStatusCode.Created);
        (await ReserveAsync(customer, "s", 500)).Is(HttpStatusCode.Created);
        await EndAsync(customer, "deleted");

        var batch = await gateway.PostAsync("/v1/usage/batch", new object[]
        {
            new { keyId = customer.KeyId, mode = "record", metrics = new { text_tokens = 1 } },
            new { keyId = customer.KeyId, metrics = new { text_tokens = 1 } },
            new { key = customer.Secret, mode = "record", metrics = new { text_tokens = 1 } },
        });
        var results = batch.Is(HttpStatusCode.OK)["results"].EnumerateArray().ToList();
        Assert.Equal([true, false, false], results.Select(static r => r.GetProperty("allowed").GetBoolean()));
        Assert.Contains("mode record", results[1].GetProperty("problem").GetProperty("detail").GetString());
        (await gateway.PostAsync("/v1/events", new StringContent(
            $$"""
            {"specversion": "1.0", "id": "1", "source": "s", "type": "t", "subject": "{{customer.KeyId}}",
             "data": {"metrics": {"text_tokens": 10} } }
            """,
            Encoding.UTF8,
            "application/cloudevents+json"))).Is(HttpStatusCode.NoContent);
        const string More = """{"metrics": {"text_tokens": 700}}""";
        (await gateway.PostAsync("/v1/reservations/r/commit", More))
            .IsProblem(HttpStatusCode.UnprocessableEntity, "rule-broken");
        (await gateway.PostAsync(
            "/v1/reservations/r/commit", new { keyId = customer.KeyId, metrics = new { text_tokens = 700 } }))
            .Is(HttpStatusCode.OK);
        (await gateway.DeleteAsync("/v1/reservations/s"))
            .IsProblem(HttpStatusCode.UnprocessableEntity, "rule-broken");
        (await gateway.DeleteAsync($"/v1/reservations/s?keyId={customer.KeyId}")).Is(HttpStatusCode.NoContent);

        await customer.SeesInLedgerAsync(711);
        await customer.SeesUsedAsync(711, customer.TenantId);
        await customer.SeesUsedAsync(711, customer.ProjectId);
    }

    [Fact]
    public async Task AfterTheHoldsEnd_AnEndedSecretCommitsNothing_AndTheGatewayStillDoes()
    {
        var customer = await Customer.CreateAsync(host);
        (await ReserveAsync(customer, "r", 500, ttlSeconds: 60)).Is(HttpStatusCode.Created);
        await EndAsync(customer, "deleted");
        host.Time.Turn(TimeSpan.FromSeconds(61));

        Refused(await CommitAsync(customer, "r", 1));
        Refused(await customer.Key.DeleteAsync("/v1/reservations/r"));
        (await host.Gateway().PostAsync(
            "/v1/reservations/r/commit", new { keyId = customer.KeyId, metrics = new { text_tokens = 321 } }))
            .Is(HttpStatusCode.OK);
        await customer.SeesInLedgerAsync(321);
    }

    [Fact]
    public async Task AReplacedSecret_EndsOnlyWhatWasBegunBeforeItWasReplaced()
    {
        var customer = await Customer.CreateAsync(host);
        (await ReserveAsync(customer, "old", 500)).Is(HttpStatusCode.Created);
        var renewal = await customer.Operator.PostAsync($"{customer.KeyPath}/regenerate");
        var renewed = host.Bearing(renewal.Is(HttpStatusCode.OK).String("secret"));
        host.Time.Turn(TimeSpan.FromSeconds(10));
        (await renewed.PostAsync("/v1/reservations", """{"id": "new", "metrics": {"text_tokens": 500}}"""))
            .Is(HttpStatusCode.Created);
        (await customer.Operator.PostAsync($"{customer.KeyPath}/regenerate")).Is(HttpStatusCode.OK);

        Refused(await CommitAsync(customer, "new", 1));
        Refused(await customer.Key.DeleteAsync("/v1/reservations/new"));
        (await CommitAsync(customer, "old", 5)).Is(HttpStatusCode.OK);
        (await renewed.PostAsync("/v1/reservations/new/commit", """{"metrics": {"text_tokens": 7}}"""))
            .Is(HttpStatusCode.OK);
        Refused(await CommitAsync(customer, "new", 7));
        await customer.SeesInLedgerAsync(12);
    }

    private async Task EndAsync(Customer customer, string end)
    {
        switch (end)
        {
            case "deleted":
                (await customer.Operator.DeleteAsync(customer.KeyPath)).Is(HttpStatusCode.NoContent);
                break;
            case "expired":
                (await customer.Operator.PatchAsync(
                    customer.KeyPath, new { expiresAt = host.Time.GetUtcNow() + TimeSpan.FromSeconds(30) }))
                    .Is(HttpStatusCode.OK);
                host.Time.Turn(TimeSpan.FromSeconds(31));
                break;
            case "regenerated":
                (await customer.Operator.PostAsync($"{customer.KeyPath}/regenerate")).Is(HttpStatusCode.OK);
                break;
            case "project deleted":
                (await customer.Operator.DeleteAsync(customer.ProjectPath)).Is(HttpStatusCode.NoContent);
                break;
            default:
                (await customer.Operator.PostAsync($"{customer.TenantPath}/suspend")).Is(HttpStatusCode.OK);
                break;
        }
    }

    private static Task<Answer> ReserveAsync(Customer customer, string id, int tokens, int ttlSeconds = 300) =>
        customer.Key.PostAsync("/v1/reservations", new { id, ttlSeconds, metrics = new { text_tokens = tokens } });

    /// <summary>Commits at any node: the hold is at the last one.</summary>
    private Task<Answer> CommitAsync(Customer customer, string id, int tokens) =>
        host.BearingByTurns(customer.Secret).PostAsync(
            $"/v1/reservations/{id}/commit", new { metrics = new { text_tokens = tokens } });

    private static void Refused(Answer answer) => answer.IsProblem(HttpStatusCode.Unauthorized, "unauthorized");
}
