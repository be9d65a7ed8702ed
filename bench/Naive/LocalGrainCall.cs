using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sluice.Bench.Core;
using Sluice.LoadTest.Processes;

namespace Sluice.Bench.Naive;

/// <summary>
/// Makes one call after another to a grain that is active in the same process: the minimum cost of a call to an actor,
/// before any network, disk or queue.
/// </summary>
internal static class LocalGrainCall
{
    private const string Name = "one local grain call, warm, one caller";

    public static async Task<CoreResult> MeasureAsync(CoreMeasurement measurement, CancellationToken cancellation)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        var ports = FreePorts.Next(2);
        builder.UseOrleans(silo => silo.UseLocalhostClustering(ports[0], ports[1]));
        using var host = builder.Build();
        await host.StartAsync(cancellation);
        try
        {
            var grain = host.Services.GetRequiredService<IGrainFactory>().GetGrain<INaiveTenant>(0);
            return await measurement.MeasureAsync(Name, operations => CallAsync(grain, operations));
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    private static async Task<long> CallAsync(INaiveTenant grain, int operations)
    {
        var taken = 0L;
        for (var i = 0; i < operations; i++)
        {
            if (await grain.TakeAsync(1))
                taken++;
        }

        return taken == operations
            ? taken
            : throw new InvalidOperationException("The grain refused; the figure would mean nothing.");
    }
}
