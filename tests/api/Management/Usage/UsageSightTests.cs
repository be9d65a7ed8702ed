using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Management.Usage;

/// <summary>Usage that a plain member sees: that of its projects, and its own.</summary>
[Collection<SettingsNode>]
public sealed class UsageSightTests(NodeHost host)
{
    [Fact]
    public async Task APlainMember_SeesItsProjectsAndItsOwnKeys_AndNothingElse()
    {
        var scene = await SceneAsync();
        var (owner, member) = (scene.Owner, scene.Member);

        var all = await Eventually.BecomesAsync(
            () => UsageAsync(owner, "groupBy=key"), static a => a.Items().Count == 5);
        var own = await UsageAsync(member, "groupBy=key");

        Assert.Equal(11_111, SumOf(all));
        Assert.Equal(
            new[] { scene.OwnKey, scene.Personal, scene.SeatKey }.Order(),
            own.Items().Select(static row => row.GetProperty("key").GetString()!).Order());
        Assert.Equal(10_101, SumOf(own));
        Assert.Equal(10_101, SumOf(await UsageAsync(member, "groupBy=hour,seat,project")));
        Assert.Equal(1, SumOf(await UsageAsync(member, $"project={scene.OwnProject}")));
        Assert.Equal(100, SumOf(await UsageAsync(member, $"key={scene.Personal}")));
        Assert.Empty((await UsageAsync(member, $"key={scene.OtherKey}")).Items());
        Assert.Equal(10_000, SumOf(await UsageAsync(member, $"seat={scene.Seat}")));
        (await UsageAsync(member, $"project={scene.OtherProject}")).IsProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [InlineData("groupBy=member")]
    [InlineData("groupBy=day,model")]
    [InlineData("member=x")]
    [InlineData("model=x")]
    public async Task WhoUsedWhatWithWhichModel_IsForAdministrators(string query)
    {
        var owner = await Person.OwnerAsync(host);
        var member = await owner.HireAsync(host);

        (await UsageAsync(member, query)).Lacks("usage-of-all:read");
        (await UsageAsync(owner, query)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task MembersAndModels_CanBeAskedForAlone()
    {
        var owner = await Person.OwnerAsync(host);
        var key = host.Bearing((await owner.TakeKeyAsync()).String("secret"));
        await key.PostAsync("/v1/usage", """{"model": "m1", "metrics": {"text_tokens": 1}}""");
        await key.PostAsync("/v1/usage", """{"model": "m2", "member": "eve", "metrics": {"text_tokens": 10}}""");
        await Eventually.BecomesAsync(() => UsageAsync(owner, ""), static a => a.Items().Count > 0 && SumOf(a) == 11);

        Assert.Equal(1, SumOf(await UsageAsync(owner, $"member={owner.MemberId}")));
        Assert.Equal(10, SumOf(await UsageAsync(owner, "member=eve&model=m2")));
        Assert.Empty((await UsageAsync(owner, "member=eve&model=m1")).Items());
        (await UsageAsync(owner, "key=x&seat=x&member=")).BreaksRules(
            "key: id-form", "seat: id-form", "member: required");
    }

    [Fact]
    public async Task LiveState_IsOfTheSameScopes()
    {
        var scene = await SceneAsync();

        var own = (await scene.Member.Api.GetAsync($"{scene.Owner.TenantPath}/state")).Items();
        var all = (await scene.Owner.Api.GetAsync($"{scene.Owner.TenantPath}/state")).Items();

        var defaultProject = (await host.Operator().GetAsync($"{scene.Owner.TenantPath}/projects")).Items()
            .Single(static p => p.GetProperty("isDefault").GetBoolean()).GetProperty("id").GetString()!;
        Assert.Equal(
            new[] { defaultProject, scene.OwnProject, scene.Seat, scene.OwnKey, scene.Personal, scene.SeatKey }.Order(),
            own.Select(static scope => scope.GetProperty("scopeId").GetString()!).Order());
        Assert.Contains(all, scope => scope.GetProperty("scopeId").GetString() == scene.Owner.TenantId);
        Assert.Contains(all, scope => scope.GetProperty("scopeId").GetString() == scene.OtherProject);
        var seat = own.Single(scope => scope.GetProperty("scopeId").GetString() == scene.Seat);
        Assert.Equal("seat", seat.GetProperty("scope").GetString());
        Assert.Contains(seat.GetProperty("metrics").EnumerateArray(), static counter =>
            counter.GetProperty("metric").GetString() == "credits" && counter.GetProperty("limit").GetInt32() == 100);
    }

    [Fact]
    public async Task LiveState_IsReadOfOneScope_OrOfThoseWithALimit_AsFarAsItIsSeen()
    {
        var scene = await SceneAsync();
        var path = $"{scene.Owner.TenantPath}/state";

        Assert.Equal([scene.Seat], await IdsAsync(scene.Owner, $"?scopeId={scene.Seat}"));
        Assert.Equal([scene.OtherProject], await IdsAsync(scene.Owner, $"?scopeId={scene.OtherProject}"));
        Assert.Empty(await IdsAsync(scene.Member, $"?scopeId={scene.OtherProject}"));
        Assert.Empty(await IdsAsync(scene.Owner, $"?scopeId={scene.OtherProject}&limited=true"));
        Assert.Equal([scene.Seat], await IdsAsync(scene.Member, "?limited=true"));
        Assert.Equal(
            await IdsAsync(scene.Owner, ""), await IdsAsync(scene.Owner, "?scopeId=&limited=false"));
        (await scene.Owner.Api.GetAsync($"{path}?scopeId=m0000000001a&limited=yes"))
            .BreaksRules("scopeId: id-form", "limited: one-of");

        async Task<IReadOnlyList<string>> IdsAsync(Person person, string query) =>
            [.. (await person.Api.GetAsync(path + query)).Items()
                .Select(static scope => scope.GetProperty("scopeId").GetString()!)];
    }

    [Fact]
    public async Task TheCountersNearestToTheirLimits_ComeFirst_WithTheirWarnings()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitTokensOfTenantAsync(1_000);
        await customer.LimitKeyAsync("requests", 1_000);
        (await customer.Operator.PutAsync(
            $"{customer.TenantPath}/keys/{customer.KeyId}/limits/text_tokens",
            new { blocked = 100, warnings = new object[] { new { value = 90 }, new { percent = 50 } } }))
            .Is(HttpStatusCode.OK);
        (await customer.UseAsync(60)).Is(HttpStatusCode.OK);
        var path = $"{customer.TenantPath}/state";

        var answer = await Eventually.BecomesAsync(
            () => customer.Operator.GetAsync($"{path}?tightest=2"),
            static answer => answer.Text.Split("\"used\":60,").Length == 3);

        Assert.Equal([customer.KeyId, customer.TenantId], answer.Texts("scopeId"));
        var counter = Assert.Single(answer.Items()[0].GetProperty("metrics").EnumerateArray());
        Assert.Equal("text_tokens", counter.GetProperty("metric").GetString());
        Assert.Equal(60, counter.GetProperty("used").GetInt32());
        Assert.Equal("[50,90]", counter.GetProperty("warnings").GetRawText());
        foreach (var count in (string[])["0", "101", "few"])
            (await customer.Operator.GetAsync($"{path}?tightest={count}")).BreaksRules("tightest: range");
    }

    private static int SumOf(Answer answer) =>
        answer.Items().Sum(static row => row.GetProperty("value").GetInt32());

    private static Task<Answer> UsageAsync(Person person, string query) => person.Api.GetAsync(
        $"{person.TenantPath}/usage?metric=text_tokens&from=2026-11-01&{query}");

    private sealed record Scene(
        Person Owner, Person Member, string OwnProject, string OwnKey, string OtherProject, string OtherKey,
        string Personal, string Seat, string SeatKey);

    /// <summary>
    /// Creates a member of one of two projects, with a personal key and a seat; 11,111 tokens by five keys.
    /// </summary>
    private async Task<Scene> SceneAsync()
    {
        var owner = await Person.OwnerAsync(host);
        var member = await owner.HireAsync(host);
        var own = await owner.OpenProjectAsync(host);
        var other = await owner.OpenProjectAsync(host);
        await member.PutIntoAsync(host, own.Project);
        var (personal, owners) = (await member.TakeKeyAsync(), await owner.TakeKeyAsync());
        var seat = owner.SeatPath(await owner.SubscribeAsync(host));
        await owner.Api.AssignAsync(seat, member);
        var seatKey = (await owner.Api.PostAsync($"{seat}/key")).Is(HttpStatusCode.Created);
        var uses = new[]
        {
            (own.Secret, 1), (other.Secret, 10), (personal.String("secret"), 100), (owners.String("secret"), 1_000),
            (seatKey.String("secret"), 10_000),
        };
        foreach (var (secret, tokens) in uses)
            (await host.SpendAsync(secret, tokens)).Is(HttpStatusCode.OK);
        return new(
            owner, member, own.Project, own.Key, other.Project, other.Key, personal.String("id"),
            seat.Split('/')[^1], seatKey.String("id"));
    }
}
