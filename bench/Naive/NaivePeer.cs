using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orleans.Configuration;
using Sluice.Bench.Peers;
using Sluice.LoadTest.Processes;
using Sluice.Storage.Migrations;

namespace Sluice.Bench.Naive;

/// <summary>
/// The obvious first design with actors: every scope is a grain that counts, and every request calls key, project and
/// tenant in turn. Its counts are in memory only, and it keeps no events: it does less than Sluice.
/// </summary>
internal static class NaivePeer
{
    public static async Task RunAsync(string connectionString)
    {
        // Membership needs its tables; that the rest of the schema is created with them does no harm.
        await using (var source = NpgsqlDataSource.Create(connectionString))
            await MigrationRunner.ApplyAsync(source, CancellationToken.None);
        await PeerHost.RunAsync(
            builder => AddSilo(builder, connectionString),
            static services =>
            {
                var grains = services.GetRequiredService<IGrainFactory>();
                return (keyIndex, _, tokens) => grains.GetGrain<INaiveKey>(keyIndex).TakeAsync(tokens);
            });
    }

    private static void AddSilo(WebApplicationBuilder builder, string connectionString)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(static options => options.ClusterId = options.ServiceId = "naive");
            silo.ConfigureEndpoints(IPAddress.Loopback, FreePorts.Next(), gatewayPort: 0);
            silo.UseAdoNetClustering(options =>
            {
                options.Invariant = "Npgsql";
                options.ConnectionString = connectionString;
            });
        });
    }
}
