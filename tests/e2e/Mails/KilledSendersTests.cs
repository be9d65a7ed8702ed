using Sluice.EndToEnd.Scenes;
using Sluice.EndToEnd.Traffic;
using Sluice.LoadTest.Processes;
using Sluice.TestSupport.Mail;
using Xunit;

namespace Sluice.EndToEnd.Mails;

/// <summary>Kills two of three nodes in turns while all of them send the mails that have accumulated.</summary>
public sealed class KilledSendersTests
{
    private const int ClientsPerNode = 3;
    private const int Kills = 4;

    [Fact]
    [Trait("run", "soak")]
    public async Task WarningsOfAnOutage_AreOneMailEach_ThoughTheirSendersAreKilledInTurns()
    {
        await using var server = await MailServer.StartAsync(new(Port: FreePorts.Next()));
        await using var scene = await Scene.OpenAsync(new ScenePlan(3)
        {
            Keys = 64,
            Limit = 50_000_000,
            AtMost = TimeSpan.FromMinutes(8),
            Settings = Outbox.Settings(server.Port),
        });
        var outbox = new Outbox(scene.Store.ConnectionString);
        var audit = new MailAudit(outbox, server, Scene.Time);
        var warnings = await FireDuringOutageAsync(scene, server, audit);

        for (var kill = 0; kill < Kills; kill++)
        {
            await audit.TakesAsync(warnings.Count * (kill + 1) / (Kills + 1), scene.Cancellation);
            scene.Tell($"kill {kill}, {server.TakenCount} taken");
            var node = scene.Entrances[kill % 2].Node;
            await node.KillAsync(scene.Cancellation);
            await audit.NoteKillAsync(scene.Cancellation);
            await node.ReadyAsync(scene.Cancellation);
        }

        await audit.BecomesAsync(
            static mails => mails.All(static mail => mail.IsSent), "mails stayed behind", scene.Cancellation);
        scene.Tell($"all sent, {server.TakenCount} taken");
        await audit.CheckAsync(warnings.Count, scene.Cancellation);
        await scene.AuditAsync();
    }

    /// <summary>
    /// Crosses all warnings while the mail server is away; the node that is killed meanwhile leaves some that must be
    /// found without any traffic, once its session is fenced.
    /// </summary>
    private static async Task<Warnings> FireDuringOutageAsync(Scene scene, MailServer server, MailAudit audit)
    {
        await server.StopAsync();
        var warnings = new Warnings(scene.Fleet, perKey: 16);
        using (var calls = Scene.CallsTo(scene.Entrances[0]))
            await warnings.SetAsync(calls, scene.Cancellation);
        using var stop = new CancellationTokenSource();
        var load = scene.LoadAsync(ClientsPerNode, warnings.Next, stop.Token);
        await scene.WaitForMoreAsync(static j => j.Acknowledged, warnings.Calls.Count / 2);
        var node = scene.Entrances[2].Node;
        await node.KillAsync(scene.Cancellation);
        await stop.CancelAsync();
        await load;
        await audit.NoteKillAsync(scene.Cancellation);
        await node.ReadyAsync(scene.Cancellation);
        scene.Tell("back, no traffic");
        await audit.AllFireAsync(scene.Cancellation);

        await scene.Roamers.SettleAsync(ClientsPerNode, warnings.Calls, scene.Cancellation);
        Assert.Equal(warnings.Count, await audit.AllFireAsync(scene.Cancellation));
        scene.Tell("all fired");
        await server.StartAgainAsync();
        return warnings;
    }
}
