using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Mail;

[Collection(MailCollection.Name)]
public sealed class DeliveryTests(MailHost host)
{
    [Fact]
    public async Task AWarning_IsOneMail_InTwoForms_ThatNoProgramAnswers()
    {
        var tenant = await host.Operator().TenantPathAsync();
        var id = await host.FireAsync(tenant, ["ada@example.com", "Ada@Example.com", "bob@example.com"]);

        var mail = Assert.Single(await host.TakesAsync(id));

        Assert.Equal(["ada@example.com", "bob@example.com"], mail.Recipients);
        Assert.Equal("sluice@a.org", mail.From);
        Assert.Equal("ada@example.com, bob@example.com", mail.Header("To"));
        Assert.Equal("Sluice <sluice@a.org>", mail.Header("From").Replace("\"", "", StringComparison.Ordinal));
        Assert.Equal($"{id}@sluice.example.com", mail.MessageId);
        Assert.Equal("auto-generated", mail.Header("Auto-Submitted"));
        Assert.Equal("en", mail.Header("Content-Language"));
        Assert.Equal("warning", mail.Header("X-Sluice-Kind"));
        Assert.EndsWith(" +0000", mail.Header("Date"));
        Assert.Equal("Usage warning: text tokens, the account “Aurora”, November 2026", mail.Header("Subject"));
        Assert.Equal("multipart/alternative", mail.Type);
        Assert.Equal(["text/plain", "text/html"], mail.Parts.Select(static part => part.Type));
        Assert.Contains("Warning threshold: 1,234,500\u00a0text tokens\n", mail.Text);
        Assert.Contains("Time: 20 November 2026, 12:00 (Asia/Tokyo, UTC+09:00)\n", mail.Text);
        Assert.Contains("<html lang=\"en\">", mail.Html);
        Assert.Contains("1,234,500", mail.Html);
        Assert.DoesNotContain("src=", mail.Html);
    }

    [Fact]
    public async Task ARefusal_IsToldInFrench_WithWhatWasRefused()
    {
        var tenant = await host.Operator().TenantPathAsync();
        await host.QueryAsync<object>("update tenant set language = 'fr' where id = $1", Scene.IdOf(tenant));
        var id = await host.FireAsync(tenant, ["ada@example.com"], blocks: true, refused: 4_321);

        var mail = Assert.Single(await host.TakesAsync(id));

        Assert.Equal("fr", mail.Header("Content-Language"));
        Assert.StartsWith("Requête refusée par une limite : jetons de texte", mail.Header("Subject"));
        Assert.Contains("1\u202f234\u202f500\u00a0jetons de texte", mail.Text);
        Assert.Contains("Requête refusée\u00a0: 4\u202f321\u00a0jetons de texte\n", mail.Text);
        Assert.Contains("jusqu'à la fin de la période, le 1er décembre 2026 à 00:00 (Asia/Tokyo", mail.Text);
        Assert.Contains("<html lang=\"fr\">", mail.Html);
        Assert.Contains("L&#x27;opérateur de la plateforme", mail.Html);
    }

    [Fact]
    public async Task AClockThatIsPutBack_HoldsNoMailUp()
    {
        var tenant = await host.Operator().TenantPathAsync();
        var id = await host.FireAsync(tenant, ["ada@example.com"]);
        await host.RunAsync("tell");
        host.Time.Turn(TimeSpan.FromHours(-2));
        try
        {
            Assert.Single(await host.TakesAsync(id));
        }
        finally
        {
            host.Time.Turn(TimeSpan.FromHours(2));
        }
    }

    [Fact]
    public async Task WhomTheServerRefuses_KeepsNobodyElseFromGettingIt()
    {
        var tenant = await host.Operator().TenantPathAsync();
        var id = await host.FireAsync(tenant, ["ada@example.com", "refuse-b@example.com", "cleo@example.com"]);

        var mail = Assert.Single(await host.TakesAsync(id));
        Assert.Equal(["ada@example.com", "cleo@example.com"], mail.Recipients);

        var seen = await host.BecomesAsync(id, "sent");
        Assert.Equal(["accepted", "refused", "accepted"], StatesOf(seen));
        Assert.Equal(1, seen["attempts"].GetInt32());
        Assert.Contains("no such mailbox", seen.String("lastError"));
        await host.RunJobsAsync();
        Assert.Single(host.TakenOf(id));
    }

    [Theory]
    [InlineData("busy")]
    [InlineData("later")]
    public async Task WhoeverIsPutOff_IsTriedAgain_AndNobodyElse(string how)
    {
        var tenant = await host.Operator().TenantPathAsync();
        host.Smtp.Unset("ready");
        var id = await host.FireAsync(tenant, ["ada@example.com", $"{how}-b@example.com"]);
        Assert.Equal(["ada@example.com"], Assert.Single(await host.TakesAsync(id)).Recipients);
        var waiting = await host.SeeAsync(id);
        Assert.Equal(
            ("unsent", "accepted", "deferred"), (waiting.String("state"), StatesOf(waiting)[0], StatesOf(waiting)[1]));

        host.Smtp.Set("ready");
        host.Time.Turn(TimeSpan.FromMinutes(1));
        await host.BecomesAsync(id, "sent");

        var taken = host.TakenOf(id);
        Assert.Equal(2, taken.Count);
        Assert.Equal([$"{how}-b@example.com"], taken[1].Recipients);
        Assert.Equal(taken[0].MessageId, taken[1].MessageId);
    }

    [Fact]
    public async Task WhileTheServerIsAway_MailsWait_AndThenEachGoesOutOnce()
    {
        var tenant = await host.Operator().TenantPathAsync();
        await host.Smtp.StopAsync();
        var ids = new List<string>();
        for (var i = 0; i < 30; i++)
            ids.Add(await host.FireAsync(tenant, ["ada@example.com"]));
        await Eventually.BecomesAsync(
            async () =>
            {
                await host.RunJobsAsync();
                return (await host.Operator().GetAsync($"/api/v1/notifications?tenant={TenantOf(tenant)}")).Items();
            },
            static mails => mails.Any(static mail => mail.GetProperty("lastError").GetString() is not null));
        var waiting = (await host.Operator().GetAsync(
            $"/api/v1/notifications?state=unsent&tenant={TenantOf(tenant)}")).Items();
        Assert.Equal(30, waiting.Count);
        Assert.All(waiting, static mail => Assert.Equal(0, mail.GetProperty("attempts").GetInt32()));

        await host.Smtp.StartAgainAsync();
        host.Time.Turn(TimeSpan.FromSeconds(15));
        foreach (var id in ids)
            await host.TakesAsync(id);

        await host.RunJobsAsync();
        Assert.All(ids, id => Assert.Single(host.TakenOf(id)));
        Assert.DoesNotContain("ada@example.com", host.Log.Text);
    }

    [Fact]
    public async Task RefusedContent_IsDead_AndGoesOutWhenItIsResent_ToAll()
    {
        var tenant = await host.Operator().TenantPathAsync();
        var id = await host.FireAsync(tenant, ["no-content-a@example.com", "no-content-b@example.com"]);
        var dead = await host.BecomesAsync(id, "dead");
        Assert.Equal(["refused", "refused"], StatesOf(dead));
        Assert.Contains(
            dead.String("id"), (await host.Operator().GetAsync("/api/v1/notifications?state=dead")).Texts("id"));

        // What the server refused is fixed: in this test, the recipient.
        await host.QueryAsync<object>(
            "update mail set recipients = '{ada@example.com,bob@example.com}' where message_id like $1", $"{id}@%");
        var path = $"/api/v1/notifications/{dead.String("id")}/resend";
        var resent = (await host.Operator().PostAsync(path)).Is(HttpStatusCode.OK);
        Assert.Equal(("unsent", 0), (resent.String("state"), resent["attempts"].GetInt32()));
        await host.BecomesAsync(id, "sent");

        // Resent, although the recipient has it already.
        var again = (await host.Operator().PostAsync(path)).Is(HttpStatusCode.OK);
        Assert.Equal(["unsent", "unsent"], StatesOf(again));
        await host.BecomesAsync(id, "sent");
        var taken = host.TakenOf(id);
        Assert.Equal(2, taken.Count);
        Assert.All(taken, static mail => Assert.Equal(["ada@example.com", "bob@example.com"], mail.Recipients));
        Assert.Equal(taken[0].MessageId, taken[1].MessageId);
        Assert.Equal(6L, await host.QueryAsync<long>(
            "select count(*) from mail_delivery d join mail m on m.id = d.mail_id where m.message_id like $1 "
                + "and d.recipient is not null",
            $"{id}@%"));
    }

    [Fact]
    public async Task TwoDrainers_ShareTheMails_AndNoneGoesOutTwice()
    {
        var tenant = await host.Operator().TenantPathAsync();
        const int Mails = 200;
        await host.QueryAsync<object>(
            """
            insert into mail (id, tenant_id, kind, recipients, language, model, message_id, due_at, created_at)
            select 5000000 + i, $1, 'test', array['ada@example.com'], 'en',
                   '{"tenant": "Aurora", "at": "2026-11-20T03:00:00Z"}', 'share.' || i || '@a.org', $2, $2
            from generate_series(1, 200) i
            """,
            Scene.IdOf(tenant),
            host.Time.GetUtcNow());

        await Eventually.BecomesAsync(
            async () =>
            {
                await Task.WhenAll(host.RunJobsAsync(), host.RunJobsAsync());
                return host.TakenOf("share.").Count;
            },
            static count => count >= Mails);

        var taken = host.TakenOf("share.");
        Assert.Equal(Mails, taken.Count);
        Assert.Equal(Mails, taken.DistinctBy(static mail => mail.MessageId).Count());
        Assert.Equal((long)Mails, await host.QueryAsync<long>(
            "select count(*) from mail where message_id like 'share.%' and state = 1 and attempts = 1"));
    }

    private static string TenantOf(string path) => path.Split('/')[^1];

    private static string[] StatesOf(Answer mail) =>
        [.. mail["recipients"].EnumerateArray().Select(static who => who.GetProperty("state").GetString()!)];
}
