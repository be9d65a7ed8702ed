using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using Sluice.Api.Settings;

namespace Sluice.Api.Hosting;

/// <summary>
/// Shows the process to the outside: its id in <c>node.pid</c> while it runs, and one line of output when it is ready.
/// </summary>
internal sealed class PidFileService(
    IOptions<SluiceOptions> options, IServer server, IHostApplicationLifetime lifetime) : IHostedLifecycleService
{
    private string PidFile => Path.Combine(options.Value.Data, $"{options.Value.FilePrefix}.pid");

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Value.Data);
        await File.WriteAllTextAsync(
            PidFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n", cancellationToken);
        lifetime.ApplicationStarted.Register(Announce);
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        File.Delete(PidFile);
        return Task.CompletedTask;
    }

    /// <summary>Prints the address once the server listens; it is the actual one if the port was left open.</summary>
    private void Announce()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        Console.Out.WriteLine($"Sluice is ready on {address ?? options.Value.ListenAddresses[0]}");

        // A start leaves some ten megabytes of garbage that nothing would collect until there is traffic.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
