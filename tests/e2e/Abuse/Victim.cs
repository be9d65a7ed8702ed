using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Sluice.EndToEnd.Scenes;
using Sluice.EndToEnd.Traffic;

namespace Sluice.EndToEnd.Abuse;

/// <summary>
/// Another customer, whose few gateways send durable usage all the time: every request must be counted, and none may
/// notice that someone else misbehaves. Meanwhile its owner signs in, makes a key and uses it for the first time, and
/// a supervisor asks whether the node is ready.
/// </summary>
internal sealed class Victim(Scene scene, Account owner)
{
    private const int Clients = 4;

    private static readonly TimeSpan BetweenProbes = TimeSpan.FromMilliseconds(300);

    private readonly string _projectId = scene.Fleet.Tenants[0].Projects[0].Id;
    private int _number;
    private int _run;

    /// <summary>Sends usage while something goes on; returns what the clients saw.</summary>
    public async Task<VictimReport> DuringAsync(string name, Func<CancellationToken, Task> what)
    {
        var journal = new CallJournal();
        var probes = new ConcurrentQueue<Probe>();
        var crowd = new Crowd(scene.Target, journal, Scene.Time, Cluster.Rest);
        using var stop = new CancellationTokenSource();
        var load = Task.WhenAll(
            crowd.RunAsync(Clients, scene.Usage($"victim-{_run++}"), stop.Token, scene.Cancellation),
            RepeatAsync("a sign-in", SignInAsync, probes, stop.Token),
            RepeatAsync("a cold key", UseColdKeyAsync, probes, stop.Token),
            RepeatAsync("readiness", AskReadinessAsync, probes, stop.Token));
        await what(scene.Cancellation);
        await stop.CancelAsync();
        await load;
        return new VictimReport(name, [.. journal.Attempts], [.. probes], Scene.Time);
    }

    private Task RepeatAsync(
        string what,
        Func<CancellationToken, Task<string?>> once,
        ConcurrentQueue<Probe> probes,
        CancellationToken stop) => Task.Run(
        async () =>
        {
            // At least once: an attack may be over before the first one is done.
            do
            {
                var started = Scene.Time.GetTimestamp();
                string? failure;
                try
                {
                    failure = await once(scene.Cancellation);
                }
                catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
                {
                    scene.Cancellation.ThrowIfCancellationRequested();
                    failure = e.Message;
                }

                probes.Enqueue(new Probe(what, failure, Scene.Time.GetElapsedTime(started)));
                await Task.Delay(BetweenProbes, Scene.Time, scene.Cancellation);
            }
            while (!stop.IsCancellationRequested);
        },
        CancellationToken.None);

    private async Task<string?> SignInAsync(CancellationToken ct) =>
        await owner.SignInAsync(ct) is var status && (int)status == 200 ? null : $"{status}";

    private async Task<string?> UseColdKeyAsync(CancellationToken ct)
    {
        var name = $"cold-{Interlocked.Increment(ref _number)}";
        var key = await owner.PostAsync(
            $"api/v1/tenants/{owner.TenantId}/projects/{_projectId}/keys", new { name }, ct);
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/usage")
        {
            Content = JsonContent.Create(new { id = name, metrics = new { text_tokens = 1 } }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Bearer", key.GetProperty("secret").GetString());
        return await AnswerOfAsync(request, ct);
    }

    private async Task<string?> AskReadinessAsync(CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "health/ready");
        return await AnswerOfAsync(request, ct);
    }

    private async Task<string?> AnswerOfAsync(HttpRequestMessage request, CancellationToken ct)
    {
        using var response = await owner.Http.SendAsync(request, ct);
        return response.IsSuccessStatusCode
            ? null
            : $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(ct)}";
    }
}
