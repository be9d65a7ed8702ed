using System.Net;
using Sluice.Metering.Keys;
using Xunit;

namespace Sluice.Api.Tests.Management.Keys;

public abstract class PersonalKeyTests(NodeHost host)
{
    [Collection<MembersNode>]
    public sealed class OnOneNode(NodeHost host) : PersonalKeyTests(host);

    [Collection<SharedCluster>]
    public sealed class OnThreeNodes(ThreeNodes host) : PersonalKeyTests(host);

    private const int Racers = 50;

    [Fact]
    public async Task Create_ShowsTheSecretOnce_AndTheListWithoutIt()
    {
        var owner = await Person.OwnerAsync(host);
        (await owner.Api.GetAsync("/api/v1/me/personal-key")).IsProblem(HttpStatusCode.NotFound, "not-found");

        var created = (await owner.Api.PostAsync($"{owner.TenantPath}/me/personal-key", "{}"))
            .Is(HttpStatusCode.Created);

        Assert.True(ApiKeyFormat.TryParse(created.String("secret"), out var parts));
        Assert.Equal(KeyKind.Personal, parts.Kind);
        var shown = (await owner.Api.GetAsync($"{owner.TenantPath}/me/personal-key")).Is(HttpStatusCode.OK);
        Assert.Equal(created.String("id"), shown.String("id"));
        Assert.Equal("personal", shown.String("kind"));
        Assert.Equal(owner.MemberId, shown.String("memberId"));
        Assert.DoesNotContain(created.String("secret"), shown.Text);
    }

    [Fact]
    public async Task ItsUsage_CountsInTheTenantOnly_AndIsItsMembers()
    {
        var owner = await Person.OwnerAsync(host);
        var key = await owner.TakeKeyAsync();

        (await host.SpendAsync(key.String("secret"), 7)).Is(HttpStatusCode.OK);

        var limits = (await host.Bearing(key.String("secret")).GetAsync("/v1/limits")).Is(HttpStatusCode.OK);
        Assert.Equal(
            ["key", "tenant"], limits["scopes"].EnumerateArray().Select(s => s.GetProperty("scope").GetString()!));
        var usage = await Eventually.BecomesAsync(
            () => owner.Api.GetAsync(
                $"{owner.TenantPath}/usage?metric=text_tokens&groupBy=project,member&from=2026-11-01"),
            static answer => answer.Items().Count > 0);
        usage.IsJson(
            $$"""
            {"items": [{"project": null, "member": "{{owner.MemberId}}", "projectName": null, "memberName": "ada",
                        "metric": "text_tokens", "value": 7}]}
            """);
    }

    [Fact]
    public async Task ASecondOne_IsRefused_AndTheFirstIsNamed()
    {
        var owner = await Person.OwnerAsync(host);
        var first = await owner.TakeKeyAsync();

        (await owner.Api.PostAsync("/api/v1/me/personal-key")).ConflictsWith(first.String("id"));
    }

    [Fact]
    public async Task OfManyAtOnce_OneIsMade()
    {
        var owner = await Person.OwnerAsync(host);

        var answers = await Task.WhenAll(Enumerable.Range(0, Racers)
            .Select(_ => owner.Api.PostAsync("/api/v1/me/personal-key")));

        var made = Assert.Single(answers, static a => a.Status == HttpStatusCode.Created);
        foreach (var answer in answers.Where(a => a != made))
            answer.ConflictsWith(made.String("id"));
    }

    [Fact]
    public async Task Regenerate_KillsTheOldSecret_BeforeItReturns_UnlessItHasAGraceTime()
    {
        var owner = await Person.OwnerAsync(host);
        var first = await owner.TakeKeyAsync();
        (await host.SpendAsync(first.String("secret"))).Is(HttpStatusCode.OK);

        var second = (await owner.Api.PostAsync("/api/v1/me/personal-key/regenerate")).Is(HttpStatusCode.OK);
        (await host.SpendAsync(first.String("secret"))).IsProblem(HttpStatusCode.Unauthorized, "unauthorized");
        var third = (await owner.Api.PostAsync(
            $"{owner.TenantPath}/me/personal-key/regenerate", new { graceSeconds = 3600 })).Is(HttpStatusCode.OK);

        Assert.Equal(first.String("id"), third.String("id"));
        (await host.SpendAsync(second.String("secret"))).Is(HttpStatusCode.OK);
        (await host.SpendAsync(third.String("secret"))).Is(HttpStatusCode.OK);
        (await owner.Api.PostAsync("/api/v1/me/personal-key/regenerate", new { graceSeconds = -1 }))
            .BreaksRules("graceSeconds: range");
    }

    [Fact]
    public async Task Delete_KillsIt_AndMakesRoomForAnother()
    {
        var owner = await Person.OwnerAsync(host);
        (await owner.Api.DeleteAsync("/api/v1/me/personal-key")).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await owner.Api.PostAsync("/api/v1/me/personal-key/regenerate"))
            .IsProblem(HttpStatusCode.NotFound, "not-found");
        var key = await owner.TakeKeyAsync();
        (await host.SpendAsync(key.String("secret"))).Is(HttpStatusCode.OK);

        (await owner.Api.DeleteAsync("/api/v1/me/personal-key")).Is(HttpStatusCode.NoContent);
        (await host.SpendAsync(key.String("secret"))).IsProblem(HttpStatusCode.Unauthorized, "unauthorized");
        (await owner.Api.DeleteAsync("/api/v1/me/personal-key")).Is(HttpStatusCode.NoContent);

        var another = await owner.TakeKeyAsync();
        Assert.NotEqual(key.String("id"), another.String("id"));
        (await host.SpendAsync(another.String("secret"))).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task AnAdministrator_DeletesKeysOfThoseWhomItManages()
    {
        var owner = await Person.OwnerAsync(host);
        var (ada, bob, eve) = (
            await owner.HireAsync(host, "administrator"), await owner.HireAsync(host, "administrator"),
            await owner.HireAsync(host));
        var key = await eve.TakeKeyAsync();
        await bob.TakeKeyAsync();
        await owner.TakeKeyAsync();
        string Of(Person person) => $"{owner.TenantPath}/members/{person.MemberId}/personal-key";

        (await eve.Api.DeleteAsync(Of(bob))).Lacks("members:manage");
        (await ada.Api.DeleteAsync(Of(owner))).Lacks("ownership:transfer");
        await owner.ReserveAppointingAsync();
        (await ada.Api.DeleteAsync(Of(bob))).Lacks("administrators:manage");
        (await ada.Api.DeleteAsync($"{owner.TenantPath}/members/m00000000001/personal-key"))
            .IsProblem(HttpStatusCode.NotFound, "not-found");
        (await ada.Api.DeleteAsync(Of(eve))).Is(HttpStatusCode.NoContent);
        (await owner.Api.DeleteAsync(Of(bob))).Is(HttpStatusCode.NoContent);

        (await host.SpendAsync(key.String("secret"))).IsProblem(HttpStatusCode.Unauthorized, "unauthorized");
        (await bob.Api.GetAsync("/api/v1/me/personal-key")).IsProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task ItBelongsToAPerson_SoTheOperatorHasNone_AndItIsNotUnderAnotherTenant()
    {
        var (one, two) = (await Person.OwnerAsync(host), await Person.OwnerAsync(host));

        (await host.Operator().PostAsync($"{one.TenantPath}/me/personal-key")).Lacks("personal-key:manage");
        (await one.Api.PostAsync($"{two.TenantPath}/me/personal-key")).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await one.Api.PostAsync("/api/v1/me/personal-key", """{"expiresAt": "2020-01-01T00:00:00Z", "name": " "}"""))
            .BreaksRules("expiresAt: in-the-past", "name: required");
    }

    [Fact]
    public async Task RemovingAMember_UnderLoad_EndsTheKeyBeforeItReturns_AndNothingIsLost()
    {
        var owner = await Person.OwnerAsync(host);
        var member = await owner.HireAsync(host);
        var secret = (await member.TakeKeyAsync()).String("secret");
        using var ended = new CancellationTokenSource();
        var load = Enumerable.Range(0, 4).Select(_ => LoadAsync(secret, ended.Token)).ToArray();
        await Eventually.BecomesAsync(
            () => owner.Api.GetAsync($"{owner.TenantPath}/usage?metric=text_tokens"),
            static answer => answer.Items().Count > 0);

        (await owner.Api.DeleteAsync($"{owner.TenantPath}/members/{member.MemberId}")).Is(HttpStatusCode.NoContent);
        var after = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.SpendAsync(secret)));
        await ended.CancelAsync();

        Assert.All(after, static a => a.IsProblem(HttpStatusCode.Unauthorized, "unauthorized"));
        var admitted = (await Task.WhenAll(load)).Sum();
        Assert.NotEqual(0, admitted);
        Assert.Equal(admitted, await Eventually.IsAsync(() => SumAsync(owner), admitted));
    }

    /// <summary>Uses a key until cancelled; returns how often it was admitted.</summary>
    private async Task<int> LoadAsync(string secret, CancellationToken ended)
    {
        var admitted = 0;
        while (!ended.IsCancellationRequested)
        {
            var answer = await host.SpendAsync(secret);
            Assert.Contains(answer.Status, new[] { HttpStatusCode.OK, HttpStatusCode.Unauthorized });
            if (answer.Status == HttpStatusCode.OK)
                admitted++;
        }

        return admitted;
    }

    private static async Task<int> SumAsync(Person owner) =>
        (await owner.Api.GetAsync($"{owner.TenantPath}/usage?metric=text_tokens")).Items()
        .Sum(static row => row.GetProperty("value").GetInt32());
}
