using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sluice.LoadTest.Processes;

namespace Sluice.Bench.Naive;

/// <summary>
/// Makes one call after another to a grain that is active in the same process: the minimum cost of a call to an actor,
/// before any network, disk or queue.
/// </summary>
public class LocalGrainCall
{
    private IHost? _host;
    private INaiveTenant? _grain;

    [GlobalSetup]
    public async Task StartAsync()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        var ports = FreePorts.Next(2);
        builder.UseOrleans(silo => silo.UseLocalhostClustering(ports[0], ports[1]));
        _host = builder.Build();
        await _host.StartAsync();
        _grain = _host.Services.GetRequiredService<IGrainFactory>().GetGrain<INaiveTenant>(0);
    }

    [GlobalCleanup]
    public async Task StopAsync()
    {
        await _host!.StopAsync();
        _host.Dispose();
    }

    [Benchmark(Description = "one local grain call, warm, one caller")]
    public async ValueTask CallAsync()
    {
        if (!await _grain!.TakeAsync(1))
            throw new InvalidOperationException("The grain refused; the figure would mean nothing.");
    }
}
