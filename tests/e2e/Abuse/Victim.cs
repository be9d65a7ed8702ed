using Sluice.EndToEnd.Scenes;
using Sluice.EndToEnd.Traffic;

namespace Sluice.EndToEnd.Abuse;

/// <summary>
/// Another customer, whose few gateways send durable usage all the time: every request must be counted, and none may
/// notice that someone else misbehaves.
/// </summary>
internal sealed class Victim(Scene scene)
{
    private const int Clients = 4;

    /// <summary>Sends usage while something goes on; returns what the clients saw.</summary>
    public async Task<VictimReport> DuringAsync(string name, Func<CancellationToken, Task> what)
    {
        var journal = new CallJournal();
        var crowd = new Crowd(scene.Target, journal, Scene.Time, Cluster.Rest);
        using var stop = new CancellationTokenSource();
        var load = crowd.RunAsync(Clients, scene.Usage(name), stop.Token, scene.Cancellation);
        await what(scene.Cancellation);
        await stop.CancelAsync();
        await load;
        return new VictimReport(name, [.. journal.Attempts], Scene.Time);
    }
}
