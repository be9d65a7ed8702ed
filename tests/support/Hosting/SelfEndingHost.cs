using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Sluice.TestSupport.Hosting;

/// <summary>
/// Ends the program the way a signal does and waits for it. The factory itself would stop the host, while the program,
/// which notices that, stops and disposes of it a second time in between.
/// </summary>
public sealed class SelfEndingHost(IHost host) : IHost
{
    public IServiceProvider Services => host.Services;

    public Task StartAsync(CancellationToken cancellationToken = default) => host.StartAsync(cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStopped.Register(stopped.SetResult);
        lifetime.StopApplication();
        await stopped.Task.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        // The program disposes of its own host when it ends.
    }
}
