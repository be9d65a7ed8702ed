using Sluice.EndToEnd.Scenes;
using Sluice.LoadTest.Processes;
using Sluice.TestSupport.Mail;
using Xunit;

namespace Sluice.EndToEnd.Mails;

/// <summary>Warnings and their mails, while the mail server is away and the node is killed.</summary>
public sealed class InterruptedMailTests
{
    private const int Clients = 8;

    /// <summary>
    /// The most rounds of load that end with a kill; one is enough unless every threshold was seen in time.
    /// </summary>
    private const int RoundsMax = 3;

    [Theory]
    [Nodes(1, Soak = true)]
    [Nodes(3, Soak = true)]
    public async Task ThroughAnOutageAndTwoKills_EveryWarningIsOneMail_AndOnlyThoseUnderWayAreRepeated(int nodes)
    {
        await using var server = await StartServerAsync();
        await using var scene = await Scene.OpenAsync(
            new ScenePlan(nodes) { Keys = 10, Settings = Outbox.Settings(server.Port) });
        var outbox = new Outbox(scene.Store.ConnectionString);
        var audit = new MailAudit(outbox, server, Scene.Time);
        var warnings = await FireDuringOutageAsync(scene, server, outbox, audit, perKey: 15);

        await audit.TakesAsync(warnings.Count / 3, scene.Cancellation);
        // The server accepts what the node sends now, but its reply is lost.
        server.Set("mute");
        await audit.BecomesAsync(IsTakenUnheard, "nothing was under way", scene.Cancellation);
        await scene.Cluster.KillAsync(scene.Cancellation);
        var underWay = await audit.NoteKillAsync(scene.Cancellation);
        server.Unset("mute");
        await scene.Cluster.StartAsync(scene.Cancellation);
        await audit.BecomesAsync(
            mails => mails.All(mail => mail.IsSent || underWay.Contains(mail.MessageId)),
            "mails that were not under way were not sent",
            scene.Cancellation);

        await outbox.EndClaimsAsync(underWay, scene.Cancellation);
        await audit.BecomesAsync(
            static mails => mails.All(static mail => mail.IsSent), "mails stayed behind", scene.Cancellation);
        await audit.CheckAsync(warnings.Count, scene.Cancellation);
        // The unavoidable repeats happen, under the same id.
        Assert.Contains(audit.Taken().Values, static count => count == 2);

        bool IsTakenUnheard(IReadOnlyList<MailRow> mails)
        {
            string[] claimed = [.. mails.Where(static mail => mail.Claimed).Select(static mail => mail.MessageId)];
            // A mail that was taken before the server fell silent may have its reply by now.
            return server.KeptReplies > 0 && claimed.Length > 0 && claimed.All(audit.Taken().ContainsKey);
        }
    }

    [Theory]
    [Nodes(1, Soak = true)]
    [Nodes(3, Soak = true)]
    public async Task AThousandWarnings_ThroughAnOutageAndKillAfterKill_AreOneMailEach_WhenClaimsHaveRunOut(int nodes)
    {
        await using var server = await StartServerAsync();
        await using var scene = await Scene.OpenAsync(new ScenePlan(nodes)
        {
            Keys = 64,
            Settings = Outbox.Settings(server.Port),
            AtMost = TimeSpan.FromMinutes(8),
        });
        var outbox = new Outbox(scene.Store.ConnectionString);
        var audit = new MailAudit(outbox, server, Scene.Time);
        var warnings = await FireDuringOutageAsync(scene, server, outbox, audit, perKey: 16);

        const int kills = 4;
        for (var kill = 1; kill <= kills; kill++)
        {
            await audit.TakesAsync(warnings.Count * kill / (kills + 1), scene.Cancellation);
            await scene.Cluster.KillAsync(scene.Cancellation);
            await audit.NoteKillAsync(scene.Cancellation);
            await scene.Cluster.StartAsync(scene.Cancellation);
        }

        await audit.BecomesAsync(
            static mails => mails.All(static mail => mail.IsSent), "mails stayed behind", scene.Cancellation);
        await audit.CheckAsync(warnings.Count, scene.Cancellation);
        await scene.AuditAsync();
    }

    /// <summary>
    /// Fires all warnings while the mail server is away, with a kill in between; thresholds that went unnoticed are
    /// found without any traffic. Then the mail server is back.
    /// </summary>
    private static async Task<Warnings> FireDuringOutageAsync(
        Scene scene, MailServer server, Outbox outbox, MailAudit audit, int perKey)
    {
        await server.StopAsync();
        var warnings = new Warnings(scene.Fleet, perKey);
        await warnings.SetAsync(scene.Calls, scene.Cancellation);
        IReadOnlyList<FiredLimit> missing = [];
        for (var round = 0; round < RoundsMax && missing.Count == 0; round++)
        {
            using var stop = new CancellationTokenSource();
            var load = scene.Clients.RunAsync(Clients, warnings.Next, stop.Token, scene.Cancellation);
            await scene.WaitForMoreAsync(static j => j.Acknowledged, warnings.Calls.Count / (RoundsMax + 1));
            await scene.Cluster.KillAsync(scene.Cancellation);
            await stop.CancelAsync();
            await load;
            var underWay = await audit.NoteKillAsync(scene.Cancellation);
            missing = await audit.MissingAsync(scene.Cancellation);
            await scene.Cluster.StartAsync(scene.Cancellation);
            await outbox.EndClaimsAsync(underWay, scene.Cancellation);
        }

        Assert.NotEmpty(missing);
        await audit.AllFireAsync(scene.Cancellation);

        await scene.Clients.SettleAsync(Clients, warnings.Calls, scene.Cancellation);
        Assert.Equal(warnings.Count, await audit.AllFireAsync(scene.Cancellation));
        while (!await outbox.KnowsOfOutageAsync(scene.Cancellation))
            await Task.Delay(TimeSpan.FromMilliseconds(20), Scene.Time, scene.Cancellation);
        await server.StartAgainAsync();
        return warnings;
    }

    // Not a port chosen by the system, which could give it to another program while the server is away.
    private static Task<MailServer> StartServerAsync() => MailServer.StartAsync(new(Port: FreePorts.Next()));
}
