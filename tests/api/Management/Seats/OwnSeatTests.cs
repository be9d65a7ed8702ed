using System.Net;
using System.Text.Json;
using Xunit;

namespace Sluice.Api.Tests.Management.Seats;

/// <summary>Every member sees the seat that is theirs, and nobody else's.</summary>
public sealed class OwnSeatTests(NodeHost host) : IClassFixture<NodeHost>
{
    private readonly ApiCaller _api = host.Operator();

    [Fact]
    public async Task AMember_SeesTheirOwnSeat_ItsEndAndItsCredits()
    {
        await _api.PriceAsync("JPY", """[{"model": "*", "metric": "text_tokens", "per": 1, "credits": 0.5}]""");
        var owner = await Person.OwnerAsync(host);
        var (ann, ben) = (await owner.HireAsync(host), await owner.HireAsync(host));
        var plan = await owner.SubscribeAsync(host, 2, 12.5m);
        (await _api.AssignAsync(owner.SeatPath(plan), ann)).Is(HttpStatusCode.OK);
        var secret = (await _api.PostAsync($"{owner.SeatPath(plan)}/key")).Is(HttpStatusCode.Created).String("secret");
        (await host.SpendAsync(secret, 3)).Is(HttpStatusCode.OK);

        var used = await Eventually.IsAsync(
            async () => (await SeatAsync(ann)).GetProperty("creditsUsed").GetDecimal(), 1.5m);

        Assert.Equal(1.5m, used);
        Assert.Equal(
            Answer.Compact(
                $$"""
                {"id": "{{owner.SeatPath(plan).Split('/')[^1]}}", "plan": "Team",
                 "expiresAt": "{{plan.String("expiresAt")}}", "creditsLimit": 12.5, "creditsUsed": 1.5}
                """),
            Answer.Compact((await SeatAsync(ann)).GetRawText()));
        Assert.Equal(JsonValueKind.Null, (await SeatAsync(ben)).ValueKind);
        Assert.Equal(JsonValueKind.Null, (await SeatAsync(owner)).ValueKind);
    }

    [Fact]
    public async Task ASeat_WhosePlanHasEnded_IsNobodysOwn()
    {
        var owner = await Person.OwnerAsync(host);
        var plan = await owner.SubscribeAsync(host, lasts: TimeSpan.FromMinutes(10));
        (await _api.AssignAsync(owner.SeatPath(plan), owner)).Is(HttpStatusCode.OK);
        Assert.Equal(JsonValueKind.Object, (await SeatAsync(owner)).ValueKind);

        host.Time.Turn(TimeSpan.FromMinutes(11));

        Assert.Equal(JsonValueKind.Null, (await SeatAsync(owner)).ValueKind);
    }

    private static async Task<JsonElement> SeatAsync(Person person) =>
        (await person.Api.GetAsync("/api/v1/me")).Is(HttpStatusCode.OK)["seat"];
}
