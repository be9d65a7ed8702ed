using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Management.Usage;

/// <summary>Members' own usage, and how usage is attributed to members.</summary>
[Collection<SettingsNode>]
public sealed class OwnUsageTests(NodeHost host)
{
    private sealed record Scene(Person Owner, Person Member);

    [Fact]
    public async Task AMember_SeesWhatItUsed_WithItsKeysAndByItsName_AndNothingElse()
    {
        var scene = await SceneAsync();

        Assert.Equal(10_101, await Eventually.IsAsync(() => OwnAsync(scene.Member), 10_101));
        Assert.Equal(1_000, await Eventually.IsAsync(() => OwnAsync(scene.Owner), 1_000));
        Assert.Equal(100, await OwnAsync(scene.Member, "model=m1"));
        Assert.Equal(0, await OwnAsync(await scene.Owner.HireAsync(host, "administrator")));
        var byModel = await AskAsync(scene.Member, "groupBy=day,model");
        Assert.Equal(
            [(null, 10_001), ("m1", 100)],
            byModel.Items().Select(static row => (
                row.GetProperty("model").GetString(), row.GetProperty("value").GetInt32())));
        Assert.All(byModel.Items(), static row => Assert.StartsWith("2026-", row.GetProperty("day").GetString()));
    }

    [Fact]
    public async Task WhoIsNoMember_HasNoUsageOfItsOwn()
    {
        var owner = await Person.OwnerAsync(host);
        var stranger = await Person.OwnerAsync(host);

        (await host.Operator().GetAsync($"{owner.TenantPath}/me/usage")).Lacks("own-usage:read");
        (await stranger.Api.GetAsync($"{owner.TenantPath}/me/usage")).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await owner.Api.GetAsync($"{owner.TenantPath}/me/usage?from=x&metric=y&groupBy=z"))
            .BreaksRules("from: time-form", "metric: metric-unknown", "groupBy: one-of");
    }

    [Fact]
    public async Task Credits_AreShownByModelAndByMember_WhoIsTheHolderWhereNobodyIsNamed()
    {
        (await host.Operator().PutAsync("/api/v1/price-book", new
        {
            effectiveFrom = "2026-01-01T00:00:00Z",
            currency = "JPY",
            prices = new[]
            {
                new { model = "m1", metric = "text_tokens", per = 1, amount = 2, credits = 3 },
                new { model = "*", metric = "text_tokens", per = 1, amount = 1, credits = 1 },
            },
        })).Is(HttpStatusCode.OK);
        var scene = await SceneAsync();
        await Eventually.IsAsync(() => OwnAsync(scene.Owner), 1_000);
        var all = await Eventually.BecomesAsync(
            () => CreditsAsync(scene.Owner, "model"), static rows => rows.Values.Sum() == 11_311);

        Assert.Equal(new() { [""] = 11_011, ["m1"] = 300 }, all);
        Assert.Equal(
            new()
            {
                [scene.Member.MemberId] = 10_301,
                [scene.Owner.MemberId] = 1_000,
                ["eve"] = 10,
            },
            await CreditsAsync(scene.Owner, "member"));
    }

    private static async Task<Dictionary<string, int>> CreditsAsync(Person person, string group) =>
        (await person.Api.GetAsync($"{person.TenantPath}/usage?metric=credits&groupBy={group}")).Items()
        .ToDictionary(
            row => row.GetProperty(group).GetString() ?? "", static row => row.GetProperty("value").GetInt32());

    private static Task<Answer> AskAsync(Person person, string query) =>
        person.Api.GetAsync($"{person.TenantPath}/me/usage?metric=text_tokens&{query}");

    private static async Task<int> OwnAsync(Person person, string query = "") =>
        (await AskAsync(person, query)).Items().Sum(static row => row.GetProperty("value").GetInt32());

    /// <summary>
    /// Creates a member with a personal key, a seat, and a name in the reports of a project key; and others besides.
    /// </summary>
    private async Task<Scene> SceneAsync()
    {
        var owner = await Person.OwnerAsync(host);
        var member = await owner.HireAsync(host);
        var project = await owner.OpenProjectAsync(host);
        var personal = (await member.TakeKeyAsync()).String("secret");
        var owners = (await owner.TakeKeyAsync()).String("secret");
        var seat = owner.SeatPath(await owner.SubscribeAsync(host, credits: 100_000));
        await owner.Api.AssignAsync(seat, member);
        var seatKey = (await owner.Api.PostAsync($"{seat}/key")).Is(HttpStatusCode.Created).String("secret");
        foreach (var (secret, tokens, label, model) in new (string, int, string?, string?)[]
        {
            (project.Secret, 1, member.MemberId, null), (project.Secret, 10, "eve", null),
            (personal, 100, null, "m1"), (owners, 1_000, null, null), (seatKey, 10_000, null, null),
        })
        {
            var usage = new { member = label, model, metrics = new { text_tokens = tokens } };
            (await host.Bearing(secret).PostAsync("/v1/usage", usage)).Is(HttpStatusCode.OK);
        }

        return new(owner, member);
    }
}
