using Sluice.EndToEnd.Scenes;
using Sluice.EndToEnd.Traffic;
using Xunit;

namespace Sluice.EndToEnd.Reservations;

/// <summary>Commits of reservations that were never made.</summary>
public sealed class UnknownReservationTests
{
    [Theory]
    [Nodes(1)]
    [Nodes(3)]
    public async Task ACommitOfNothing_IsNotFound_AndTheAnswerNamesNobodyElsesEvent(int nodes)
    {
        await using var scene = await Scene.OpenAsync(new ScenePlan(nodes) { Keys = 2 });
        using var caller = new Caller(scene.Target, Scene.Time);
        var theirs = scene.Usage("theirs");
        for (var i = 0; i < 10; i++)
        {
            scene.Journal.Add(await caller.SendAsync(theirs() with { Key = scene.Fleet.Keys[0] }, scene.Cancellation));
            var commit = new Call(CallKind.Commit, "never-made", scene.Fleet.Keys[1], Tokens: 5);
            var attempt = await caller.SendAsync(commit, scene.Cancellation);
            scene.Journal.Add(attempt);
            Assert.Equal(Verdict.NoReservation, attempt.Verdict);
            Assert.DoesNotContain("theirs", attempt.Text, StringComparison.Ordinal);
        }

        await scene.AuditAsync();
    }
}
