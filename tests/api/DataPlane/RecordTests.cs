using System.Net;
using Xunit;

namespace Sluice.Api.Tests.DataPlane;

public abstract class RecordTests(NodeHost host)
{
    [Collection<DataPlaneNode>]
    public sealed class OnOneNode(NodeHost host) : RecordTests(host);

    [Collection<SharedCluster>]
    public sealed class OnThreeNodes(ThreeNodes host) : RecordTests(host);

    [Fact]
    public async Task WhatHasHappened_IsCountedBeyondTheLimit_AndTheNextRequestIsRefused()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 10);
        await customer.UseAsync(8);

        var recorded = await customer.UseAsync("""{"mode": "record", "metrics": {"text_tokens": 7}}""");

        Assert.True(recorded.Is(HttpStatusCode.OK)["allowed"].GetBoolean());
        Assert.Equal("blocked", recorded.String("state"));
        Assert.Equal(15, recorded["limits"][0].GetProperty("used").GetInt32());
        Assert.Equal(0, recorded["limits"][0].GetProperty("remaining").GetInt32());
        var refused = (await customer.UseAsync(1)).IsProblem(HttpStatusCode.TooManyRequests, "limit-reached");
        Assert.Equal(15, refused["limit"].GetProperty("used").GetInt32());
        (await customer.UseAsync("""{"mode": "record", "metrics": {"text_tokens": 1}}""")).Is(HttpStatusCode.OK);
        await customer.SeesUsedAsync(16, customer.KeyId);
        await customer.SeesInLedgerAsync(16);
    }

    [Fact]
    public async Task AnAnswerFromMemory_HoldsTheLimitToo_AndIsInTheLedgerSoonAfter()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 50);

        var answers = await Task.WhenAll(Enumerable.Range(0, 80).Select(_ =>
            customer.UseAsync("""{"ack": "memory", "metrics": {"text_tokens": 1}}""")));

        Assert.Equal(50, answers.Count(static a => a.Status == HttpStatusCode.OK));
        Assert.Equal(30, answers.Count(static a => a.Status == HttpStatusCode.TooManyRequests));
        await customer.SeesInLedgerAsync(50);
        await customer.SeesUsedAsync(50, customer.KeyId);
    }

    [Fact]
    public async Task AnAnswerFromMemory_WithAnId_KnowsItsRepeats()
    {
        var customer = await Customer.CreateAsync(host);

        var answers = new List<Answer>();
        for (var i = 0; i < 5; i++)
            answers.Add(await customer.UseAsync("""{"id": "m", "ack": "memory", "metrics": {"text_tokens": 1}}"""));

        Assert.Equal(
            [false, true, true, true, true],
            answers.Select(static a => a.Is(HttpStatusCode.OK)["duplicate"].GetBoolean()));
        await customer.SeesInLedgerAsync(1);
    }

    [Fact]
    public async Task At_LabelsAnalytics_WhileLimitsGoByTheInstantOfAdmission()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 10, "day");

        (await customer.UseAsync("""{"metrics": {"text_tokens": 6}, "at": "2026-11-03T23:59:59+09:00"}"""))
            .Is(HttpStatusCode.OK);
        (await customer.UseAsync("""{"metrics": {"text_tokens": 4}, "at": "2026-10-31T15:00:00Z"}"""))
            .Is(HttpStatusCode.OK);

        // Both count in today's limit, whatever day they are shown under.
        (await customer.UseAsync("""{"metrics": {"text_tokens": 1}, "at": "2026-11-05T00:00:00Z"}"""))
            .Is(HttpStatusCode.TooManyRequests);
        await customer.SeesInLedgerAsync(10);
        var days = await customer.Operator.GetAsync(
            $"{customer.TenantPath}/usage?metric=text_tokens&groupBy=day&from=2026-10-01&to=2026-12-01");
        days.IsJson("""
            {"items": [{"day": "2026-11-01", "metric": "text_tokens", "value": 4},
                       {"day": "2026-11-03", "metric": "text_tokens", "value": 6}]}
            """);
    }

    [Theory]
    [InlineData("2026-11-03T00:00:00.123456789Z")]
    [InlineData("2026-11-03t00:00:00z")]
    [InlineData("2026-11-03T09:00:00.5\\u002b09:00")]
    public async Task At_IsReadAsOtherTimesAre(string at)
    {
        var customer = await Customer.CreateAsync(host);

        (await customer.UseAsync($$"""{"metrics": {"text_tokens": 6}, "at": "{{at}}"}""")).Is(HttpStatusCode.OK);

        await customer.SeesInLedgerAsync(6);
        var days = await customer.Operator.GetAsync(
            $"{customer.TenantPath}/usage?metric=text_tokens&groupBy=day&from=2026-10-01&to=2026-12-01");
        days.IsJson("""{"items": [{"day": "2026-11-03", "metric": "text_tokens", "value": 6}]}""");
    }

    [Fact]
    public async Task Member_IsALabelThatUsageIsGroupedBy()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.UseAsync("""{"member": "ada", "model": "m", "metrics": {"text_tokens": 1}}""");
        await customer.UseAsync("""{"member": "bob", "metrics": {"text_tokens": 2}}""");
        await customer.UseAsync("""{"member": "ada", "metrics": {"text_tokens": 4}}""");
        await customer.UseAsync("""{"metrics": {"text_tokens": 8}, "member": null, "model": null}""");
        await customer.SeesInLedgerAsync(15);

        var members = await customer.Operator.GetAsync(
            $"{customer.TenantPath}/usage?metric=text_tokens&groupBy=member");

        members.IsJson("""
            {"items": [{"member": null, "memberName": null, "metric": "text_tokens", "value": 8},
                       {"member": "ada", "memberName": "ada", "metric": "text_tokens", "value": 5},
                       {"member": "bob", "memberName": "bob", "metric": "text_tokens", "value": 2}]}
            """);
    }
}
