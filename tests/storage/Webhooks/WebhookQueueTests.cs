using Sluice.Metering.Identity;
using Sluice.Storage.Control;
using Xunit;

namespace Sluice.Storage.Outbox.Webhooks;

/// <summary>Who gets which delivery, and its result.</summary>
public sealed class WebhookQueueTests(ControlDatabase database) : IClassFixture<ControlDatabase>, IAsyncLifetime
{
    private static readonly DateTimeOffset Now = WebhookDatabase.Now;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly WebhookDatabase _webhooks = new(database);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _webhooks.ClearAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task AClaim_TakesTheOldestOfEachWebhook_AndFewOfEach()
    {
        var (first, second) = (await _webhooks.AddTenantAsync(), await _webhooks.AddTenantAsync());
        var (long1, short1) = (await _webhooks.AddWebhookAsync(first), await _webhooks.AddWebhookAsync(second));
        await _webhooks.QueueAsync(first, 20, Now);
        await _webhooks.QueueAsync(first, 1, Now - Second);
        await _webhooks.QueueAsync(second, 1, Now + Second);

        var early = await _webhooks.ClaimAsync(Now);
        var late = await _webhooks.ClaimAsync(Now + Second, 100, long1);

        Assert.Equal(WebhookBounds.ClaimedPerWebhookMax, early.Count);
        Assert.All(early, d => Assert.Equal(long1, d.WebhookId));
        Assert.Contains(early, static d => d.CreatedAt == Now - Second);
        Assert.Equal([short1], late.Select(static d => d.WebhookId));
    }

    [Fact]
    public async Task WhereThereAreMoreWebhooksThanWanted_ThoseThatWaitLongestComeFirst()
    {
        var tenants = new List<long>();
        for (var i = 0; i < 4; i++)
        {
            tenants.Add(await _webhooks.AddTenantAsync());
            await _webhooks.AddWebhookAsync(tenants[i]);
            await _webhooks.QueueAsync(tenants[i], 1, Now - (i * Second));
        }

        var claimed = await _webhooks.ClaimAsync(Now, webhooksMax: 2);

        Assert.Equal(
            [Now - (3 * Second), Now - (2 * Second)],
            claimed.Select(static d => d.CreatedAt).Order());
    }

    [Fact]
    public async Task ManyWhoClaimAtOnce_NeverGetTheSame_AndTogetherGetAll()
    {
        var tenant = await _webhooks.AddTenantAsync();
        for (var i = 0; i < 3; i++)
            await _webhooks.AddWebhookAsync(tenant);
        await _webhooks.QueueAsync(tenant, 25, Now);

        var claimed = new List<long>();
        while (true)
        {
            var round = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _webhooks.ClaimAsync(Now)));
            if (round.All(static list => list.Count == 0))
                break;
            claimed.AddRange(round.SelectMany(static list => list).Select(static d => d.Id));
        }

        Assert.Equal(75, claimed.Count);
        Assert.Equal(75, claimed.Distinct().Count());
    }

    [Fact]
    public async Task AClaimWhoseTimeIsOver_IsAnotherOnes_AndTheFirstCanNoteNothing()
    {
        var tenant = await _webhooks.AddTenantAsync();
        await _webhooks.AddWebhookAsync(tenant);
        await _webhooks.QueueAsync(tenant, 1, Now);
        var first = Assert.Single(await _webhooks.ClaimAsync(Now));
        Assert.Empty(await _webhooks.ClaimAsync(Now + WebhookBounds.Lease - Second));

        var second = Assert.Single(await _webhooks.ClaimAsync(Now + WebhookBounds.Lease));
        await _webhooks.Queue.EndAsync(first, WebhookDatabase.Failed(Now, Second), Ct);

        Assert.Equal(first.Id, second.Id);
        Assert.Equal([0], await _webhooks.ColumnAsync<int>("select attempts from webhook_delivery"));
        await _webhooks.Queue.EndAsync(second, WebhookDatabase.Delivered(Now), Ct);
        Assert.Equal([(short)1], await _webhooks.ColumnAsync<short>("select state from webhook_delivery"));
        await _webhooks.Queue.EndAsync(second, WebhookDatabase.Failed(Now, null), Ct);
        Assert.Equal([(short)1], await _webhooks.ColumnAsync<short>("select state from webhook_delivery"));
    }

    [Fact]
    public async Task WhenTheClockWasPutBack_WhatWaitsIsDueAtOnce_ButNotWhatIsUnderWay()
    {
        var tenant = await _webhooks.AddTenantAsync();
        await _webhooks.AddWebhookAsync(tenant);
        await _webhooks.QueueAsync(tenant, 1, Now);
        var tried = Assert.Single(await _webhooks.ClaimAsync(Now));
        await _webhooks.Queue.EndAsync(tried, WebhookDatabase.Failed(Now, TimeSpan.FromHours(2)), Ct);
        Assert.Equal(0, await _webhooks.Queue.CatchUpAsync(Now, Ct));
        var hourAgo = Now - TimeSpan.FromHours(1);
        await _webhooks.QueueAsync(tenant, 1, hourAgo);
        var underWay = Assert.Single(await _webhooks.ClaimAsync(hourAgo));

        Assert.Equal(1, await _webhooks.Queue.CatchUpAsync(hourAgo, Ct));
        Assert.Equal(0, await _webhooks.Queue.CatchUpAsync(hourAgo, Ct));

        var due = Assert.Single(await _webhooks.ClaimAsync(hourAgo));
        Assert.Equal((tried.Id, 1), (due.Id, due.Attempts));
        Assert.NotEqual(underWay.Id, due.Id);
    }

    [Fact]
    public async Task WhatIsGivenBack_IsDueAtOnce_WithoutAnAttempt()
    {
        var tenant = await _webhooks.AddTenantAsync();
        await _webhooks.AddWebhookAsync(tenant);
        await _webhooks.QueueAsync(tenant, 3, Now);
        var claimed = await _webhooks.ClaimAsync(Now);

        await _webhooks.Queue.EndAsync(claimed[0], WebhookDatabase.Delivered(Now), Ct);
        await _webhooks.Queue.ReleaseAsync(claimed, Now, Ct);

        var again = await _webhooks.ClaimAsync(Now);
        Assert.Equal(
            claimed.Skip(1).Select(static d => d.Id).Order(), again.Select(static d => d.Id).Order());
        Assert.All(again, static d => Assert.Equal(0, d.Attempts));
    }

    [Fact]
    public async Task ForWhomNothingIsSent_NothingIsClaimed()
    {
        var (disabled, deleted, gone) =
            (await _webhooks.AddTenantAsync(), await _webhooks.AddTenantAsync(), await _webhooks.AddTenantAsync());
        var off = await _webhooks.AddWebhookAsync(disabled);
        var removed = await _webhooks.AddWebhookAsync(deleted);
        await _webhooks.AddWebhookAsync(gone);
        foreach (var tenant in new[] { disabled, deleted, gone })
            await _webhooks.QueueAsync(tenant, 1, Now);

        await _webhooks.RunAsync(
            $"update webhook set disabled_at = now(), disabled_because = 'switched-off' where id = {off}");
        await _webhooks.RunAsync($"update webhook set deleted_at = now() where id = {removed}");
        await _webhooks.RunAsync($"update tenant set state = 2 where id = {gone}");

        Assert.Empty(await _webhooks.ClaimAsync(Now));
    }

    [Fact]
    public async Task AFewHundredFailuresInARow_DisableAWebhook_AndCancelWhatWaits()
    {
        var tenant = await _webhooks.AddTenantAsync();
        var webhook = await _webhooks.AddWebhookAsync(tenant);
        await _webhooks.QueueAsync(tenant, 3, Now);
        await _webhooks.RunAsync(
            $"update webhook set failures = {WebhookBounds.FailuresMax - 2} where id = {webhook}");
        var claimed = await _webhooks.ClaimAsync(Now);

        Assert.Null(await _webhooks.Queue.EndAsync(claimed[0], WebhookDatabase.Failed(Now, Second), Ct));
        Assert.Equal(
            WebhookEnds.Failing, await _webhooks.Queue.EndAsync(claimed[1], WebhookDatabase.Failed(Now, Second), Ct));

        Assert.Equal([(short)3, 3, 3], await _webhooks.ColumnAsync<short>("select state from webhook_delivery"));
        var id = IdText.Format(IdText.Webhook, webhook);
        Assert.Equal(
            ["webhook.disabled"],
            await _webhooks.ColumnAsync<string>($"select action from audit_log where target = '{id}'"));
    }

    [Fact]
    public async Task OneThatArrives_MakesUpForAllFailuresBefore()
    {
        var tenant = await _webhooks.AddTenantAsync();
        var webhook = await _webhooks.AddWebhookAsync(tenant);
        await _webhooks.QueueAsync(tenant, 2, Now);
        var claimed = await _webhooks.ClaimAsync(Now);
        await _webhooks.Queue.EndAsync(claimed[0], WebhookDatabase.Failed(Now, Second), Ct);
        var failures =
            $"select failures from webhook where id = {webhook} and (failing_since is null) = (failures = 0)";
        Assert.Equal([1], await _webhooks.ColumnAsync<int>(failures));

        await _webhooks.Queue.EndAsync(claimed[1], WebhookDatabase.Delivered(Now), Ct);

        Assert.Equal([0], await _webhooks.ColumnAsync<int>(failures));
    }
}
