using System.Net;
using System.Text.Json;
using Xunit;

namespace Sluice.Api.Tests.Management.Seats;

public sealed class SeatTests(NodeHost host) : IClassFixture<NodeHost>
{
    private const int Racers = 100;

    [Fact]
    public async Task APlan_GivesUnassignedSeats_EachWithItsCredits()
    {
        var owner = await Person.OwnerAsync(host);

        var plan = await owner.SubscribeAsync(host, 3, 12.5m);

        Assert.Equal(3, plan["seats"].GetInt32());
        var seats = (await owner.Api.GetAsync($"{owner.TenantPath}/seats?limit=2")).Is(HttpStatusCode.OK);
        Assert.Equal((0, 3, 0), CountsOf(seats));
        Assert.Equal(2, seats.Items().Count);
        var rest = await owner.Api.GetAsync($"{owner.TenantPath}/seats?after={seats.String("next")}");
        var all = seats.Items().Concat(rest.Items()).ToList();
        Assert.Equal(
            plan["seatIds"].EnumerateArray().Select(Text).Order(), all.Select(s => Text(s.GetProperty("id"))).Order());
        Assert.All(all, seat =>
        {
            Assert.Equal("unassigned", seat.GetProperty("state").GetString());
            Assert.Null(seat.GetProperty("memberId").GetString());
            Assert.Equal(plan.String("id"), seat.GetProperty("subscriptionId").GetString());
            Assert.Equal(plan.String("expiresAt"), seat.GetProperty("expiresAt").GetString());
        });
        var limits = (await owner.Api.GetAsync($"{owner.TenantPath}/limits")).Items();
        Assert.Equal(3, limits.Count);
        Assert.All(limits, static limit => Assert.Equal(
            ("seat", "credits", "month", "blocked", "plan", "plan", "12.5"),
            (limit.GetProperty("scope").GetString(), limit.GetProperty("metric").GetString(),
                limit.GetProperty("period").GetString(), limit.GetProperty("kind").GetString(),
                limit.GetProperty("source").GetString(), limit.GetProperty("setBy").GetString(),
                limit.GetProperty("value").GetRawText())));
        Assert.Equal(plan.String("id"),
            Assert.Single((await owner.Api.GetAsync($"{owner.TenantPath}/subscriptions")).Items())
                .GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("{}", "plan: required", "seats: required", "creditsPerSeat: required", "expiresAt: required")]
    [InlineData(
        """{"plan": "T", "seats": 0, "creditsPerSeat": -1, "expiresAt": "2020-01-01T00:00:00Z"}""",
        "seats: range", "creditsPerSeat: negative", "expiresAt: in-the-past")]
    [InlineData(
        """{"plan": "T", "seats": 10001, "creditsPerSeat": 0.0000001, "expiresAt": "2090-01-01T00:00:00Z"}""",
        "seats: range", "creditsPerSeat: too-many-decimals")]
    public async Task APlan_NamesEveryRuleThatItBreaks(string body, params string[] broken)
    {
        var owner = await Person.OwnerAsync(host);

        (await host.Operator().PostAsync($"{owner.TenantPath}/subscriptions", body)).BreaksRules(broken);
    }

    [Fact]
    public async Task OnlyTheOperator_MakesPlans_AndMembersSeeNoSeats()
    {
        var owner = await Person.OwnerAsync(host);
        var member = await owner.HireAsync(host);
        var plan = await owner.SubscribeAsync(host);
        var seat = owner.SeatPath(plan);
        var renewal = new { expiresAt = host.Time.GetUtcNow().AddDays(40) };

        (await owner.Api.PostAsync($"{owner.TenantPath}/subscriptions", "{}")).Lacks("plans:set");
        (await member.Api.PostAsync($"{owner.TenantPath}/subscriptions/{plan.String("id")}/renew", renewal))
            .Lacks("seats:renew");
        (await member.Api.GetAsync($"{owner.TenantPath}/seats")).Lacks("seats:manage");
        (await member.Api.AssignAsync(seat, member)).Lacks("seats:manage");
        (await member.Api.PostAsync($"{seat}/reclaim")).Lacks("seats:manage");
        (await member.Api.PostAsync($"{seat}/key")).Lacks("seats:manage");
        (await owner.Api.PostAsync($"{owner.TenantPath}/subscriptions/{plan.String("id")}/renew", renewal))
            .Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task ASeat_IsAssigned_Reclaimed_AndAssignedToAnother()
    {
        var owner = await Person.OwnerAsync(host);
        var (ann, ben) = (await owner.HireAsync(host), await owner.HireAsync(host));
        var plan = await owner.SubscribeAsync(host, 2);
        var (one, two) = (owner.SeatPath(plan), owner.SeatPath(plan, 1));

        var assigned = (await owner.Api.AssignAsync(one, ann)).Is(HttpStatusCode.OK);
        Assert.Equal(("assigned", ann.MemberId), (assigned.String("state"), assigned.String("memberId")));
        (await owner.Api.AssignAsync(one, ben)).ConflictsWith(ann.MemberId);
        (await owner.Api.AssignAsync(two, ann)).ConflictsWith(one.Split('/')[^1]);
        Assert.Equal((1, 1, 0), CountsOf(await owner.Api.GetAsync($"{owner.TenantPath}/seats")));

        var reclaimed = (await owner.Api.PostAsync($"{one}/reclaim")).Is(HttpStatusCode.OK);
        Assert.Equal("unassigned", reclaimed.String("state"));
        (await owner.Api.PostAsync($"{one}/reclaim")).Is(HttpStatusCode.OK);
        (await owner.Api.AssignAsync(one, ben)).Is(HttpStatusCode.OK);
        (await owner.Api.AssignAsync(two, ann)).Is(HttpStatusCode.OK);
        Assert.Equal((2, 0, 0), CountsOf(await owner.Api.GetAsync($"{owner.TenantPath}/seats")));
        // The second reclaim changed nothing and has left no audit entry.
        Assert.Equal(
            "seat.assigned,seat.reclaimed,seat.assigned,seat.assigned",
            await host.QueryAsync<string>(
                """
                select string_agg(action, ',' order by id) from audit_log
                where tenant_id = $1 and action like 'seat.%'
                """,
                Scene.IdOf(owner.TenantId)));
    }

    [Fact]
    public async Task AssigningNeedsASeatAndAMemberOfTheTenant()
    {
        var (owner, stranger) = (await Person.OwnerAsync(host), await Person.OwnerAsync(host));
        var seat = owner.SeatPath(await owner.SubscribeAsync(host));

        (await owner.Api.PostAsync($"{seat}/assign", "{}")).BreaksRules("memberId: required");
        (await owner.Api.AssignAsync(seat, stranger)).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await owner.Api.AssignAsync($"{owner.TenantPath}/seats/s00000000001", owner))
            .IsProblem(HttpStatusCode.NotFound, "not-found");
        (await stranger.Api.AssignAsync(seat, stranger)).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await stranger.Api.AssignAsync($"{stranger.TenantPath}/seats/{seat.Split('/')[^1]}", stranger))
            .IsProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task OfManyAssignsOfOneSeatAtOnce_OneIsDone_AndTheOthersAreCleanConflicts()
    {
        var owner = await Person.OwnerAsync(host);
        var members = new[] { owner, await owner.HireAsync(host), await owner.HireAsync(host) };
        var seat = owner.SeatPath(await owner.SubscribeAsync(host, 5));

        var answers = await Task.WhenAll(Enumerable.Range(0, Racers)
            .Select(i => owner.Api.AssignAsync(seat, members[i % members.Length])));

        var done = Assert.Single(answers, static a => a.Status == HttpStatusCode.OK);
        foreach (var answer in answers.Where(a => a != done))
            answer.ConflictsWith(done.String("memberId"));
    }

    [Fact]
    public async Task OfManySeatsForOneMemberAtOnce_OneIsGiven()
    {
        var owner = await Person.OwnerAsync(host);
        var plan = await owner.SubscribeAsync(host, 30);

        var answers = await Task.WhenAll(Enumerable.Range(0, 30)
            .Select(i => owner.Api.AssignAsync(owner.SeatPath(plan, i), owner)));

        var done = Assert.Single(answers, static a => a.Status == HttpStatusCode.OK);
        foreach (var answer in answers.Where(a => a != done))
            answer.ConflictsWith(done.String("id"));
        Assert.Equal((1, 29, 0), CountsOf(await owner.Api.GetAsync($"{owner.TenantPath}/seats")));
    }

    [Fact]
    public async Task ARenewal_AddsSeats_AndRemovesOnlyThoseThatNobodyHas()
    {
        var owner = await Person.OwnerAsync(host);
        var member = await owner.HireAsync(host);
        var plan = await owner.SubscribeAsync(host, 2);
        (await owner.Api.AssignAsync(owner.SeatPath(plan), owner)).Is(HttpStatusCode.OK);
        (await owner.Api.AssignAsync(owner.SeatPath(plan, 1), member)).Is(HttpStatusCode.OK);
        var renew = $"{owner.TenantPath}/subscriptions/{plan.String("id")}/renew";
        var api = host.Operator();
        var expiresAt = host.Time.GetUtcNow().AddDays(60);

        (await api.PostAsync(renew, new { expiresAt, seats = 4 })).Is(HttpStatusCode.OK);
        Assert.Equal((2, 2, 0), CountsOf(await owner.Api.GetAsync($"{owner.TenantPath}/seats")));
        Assert.Equal(4, (await owner.Api.GetAsync($"{owner.TenantPath}/limits")).Items().Count);
        (await api.PostAsync(renew, new { expiresAt, seats = 1 }))
            .IsProblem(HttpStatusCode.Conflict, "conflict");
        Assert.Equal((2, 2, 0), CountsOf(await owner.Api.GetAsync($"{owner.TenantPath}/seats")));
        (await api.PostAsync(renew, new { expiresAt, seats = 2 })).Is(HttpStatusCode.OK);

        Assert.Equal((2, 0, 0), CountsOf(await owner.Api.GetAsync($"{owner.TenantPath}/seats")));
        Assert.Equal(2, (await owner.Api.GetAsync($"{owner.TenantPath}/limits")).Items().Count);
        (await api.PostAsync(renew, """{"expiresAt": "2020-01-01T00:00:00Z", "seats": 0}"""))
            .BreaksRules("expiresAt: in-the-past", "seats: range");
        (await owner.Api.PostAsync($"{owner.TenantPath}/subscriptions/u00000000001/renew", new { expiresAt }))
            .IsProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task TheTenant_RenewsWithoutBuyingSeats_OrCuttingAPlanShort()
    {
        var owner = await Person.OwnerAsync(host);
        var admin = await owner.HireAsync(host, "administrator");
        var plan = await owner.SubscribeAsync(host, 1);
        var renew = $"{owner.TenantPath}/subscriptions/{plan.String("id")}/renew";
        var end = plan["expiresAt"].GetDateTimeOffset();

        foreach (var api in new[] { owner.Api, admin.Api })
        {
            var refused = (await api.PostAsync(renew, new { expiresAt = end.AddDays(1), seats = 1000 }))
                .Lacks("plans:set");
            Assert.Contains("seats", refused.String("detail"));
        }

        foreach (var api in new[] { owner.Api, admin.Api })
            (await api.PostAsync(renew, new { expiresAt = end.AddDays(-1) })).BreaksRules("expiresAt: not-later");
        var kept = Assert.Single((await owner.Api.GetAsync($"{owner.TenantPath}/subscriptions")).Items());
        Assert.Equal(
            (end, 1), (kept.GetProperty("expiresAt").GetDateTimeOffset(), kept.GetProperty("seats").GetInt32()));
        (await admin.Api.PostAsync(renew, new { expiresAt = end.AddDays(1) })).Is(HttpStatusCode.OK);
        Assert.Equal((0, 1, 0), CountsOf(await owner.Api.GetAsync($"{owner.TenantPath}/seats")));
    }

    [Fact]
    public async Task WarningsOnASeat_AreSetBesideThePlansCredits_WhichStay()
    {
        var owner = await Person.OwnerAsync(host);
        var limits = $"{owner.SeatPath(await owner.SubscribeAsync(host, 1, 10))}/limits/credits";

        (await owner.Api.PutAsync(limits, new
        {
            warnings = new object[] { new { percent = 80 }, new { value = 5 } },
            recipients = new[] { "ops@example.com" },
        })).Is(HttpStatusCode.OK);
        (await owner.Api.PutAsync(limits, new { blocked = 20 })).BreaksRules("blocked: set-by-plan");
        (await owner.Api.PutAsync(limits, """{"blocked": null}""")).BreaksRules("blocked: set-by-plan");
        (await owner.Api.PutAsync(limits, """{"warnings": [{"value": 0}]}""")).BreaksRules("warnings[0]: value-range");
        var shown = (await owner.Api.GetAsync(limits)).Is(HttpStatusCode.OK);
        var same = new { blocked = 10, warnings = shown["warnings"], recipients = shown["recipients"] };
        (await owner.Api.PutAsync(limits, same)).IsJson(shown.Text);
        (await owner.Api.PutAsync($"{owner.TenantPath}/seats/s00000000001/limits/credits", "{}"))
            .IsProblem(HttpStatusCode.NotFound, "not-found");

        var set = (await owner.Api.GetAsync($"{owner.TenantPath}/limits")).Items().Select(static limit =>
            $"{limit.GetProperty("kind")} {limit.GetProperty("value")}{limit.GetProperty("percent")}");
        Assert.Equal(["blocked 10", "warning 5", "warning 80"], set);
    }

    private static string Text(JsonElement element) => element.GetString()!;

    private static (int Assigned, int Unassigned, int Expired) CountsOf(Answer seats) => (
        seats.Is(HttpStatusCode.OK)["assigned"].GetInt32(), seats["unassigned"].GetInt32(),
        seats["expired"].GetInt32());
}
