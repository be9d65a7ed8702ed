using Microsoft.Extensions.Hosting;
using Sluice.Engine.Authorities;
using Sluice.Engine.Sessions;
using Sluice.Engine.Time;

namespace Sluice.Grains;

/// <summary>Runs next to the grains of a silo: ticks their authorities and watches sessions.</summary>
public sealed class ClusterAuthorities(AuthorityHost host, SessionWatch watch, ProcessClock clock)
    : IHostedService, IDisposable
{
    private static readonly TimeSpan StopWait = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private Task _loops = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _loops = Task.WhenAll(host.RunAsync(_stop.Token), watch.RunAsync(_stop.Token));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _loops.WaitAsync(StopWait, clock.Time, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stop.Dispose();
}
