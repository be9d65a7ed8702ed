using System.Globalization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sluice.Silo;
using Sluice.TestSupport.Hosting;

namespace Sluice.Api.Tests.Hosting;

/// <summary>
/// One node of a cluster: the cluster's program itself, listening for callers and for the other silo. Processes
/// without a silo of their own find no gateway here, as there are none.
/// </summary>
internal sealed class ClusterNode(
    NodeHost cluster, int number, int siloPort, IReadOnlyDictionary<string, string> settings)
    : WebApplicationFactory<ClusterSettings>
{
    public Uri Address => ClientOptions.BaseAddress;

    protected override IHost CreateHost(IHostBuilder builder) => new SelfEndingHost(base.CreateHost(builder));

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("SLUICE_POSTGRES", cluster.ConnectionString);
        builder.UseSetting("SLUICE_LISTEN", "http://127.0.0.1:0");
        builder.UseSetting("SLUICE_DATA", cluster.DataFolder);
        builder.UseSetting("SLUICE_NODE", Text(number));
        builder.UseSetting("SLUICE_CLUSTER", "tests");
        builder.UseSetting("SLUICE_ROLE", "all");
        builder.UseSetting("SLUICE_SILO_PORT", Text(siloPort));
        builder.UseSetting("SLUICE_GATEWAY_PORT", "0");
        builder.UseSetting("SLUICE_OPERATOR_TOKEN", NodeHost.OperatorToken);
        builder.UseSetting("SLUICE_GATEWAY_TOKEN", NodeHost.GatewayToken);
        builder.UseSetting("SLUICE_JOBS", "false");
        foreach (var (name, value) in settings)
            builder.UseSetting(name, value);
        builder.ConfigureLogging(logging => logging
            .ClearProviders().AddProvider(cluster.Log)
            .AddFilter<CapturedLog>(static _ => true)
            .AddFilter<CapturedLog>("Orleans", LogLevel.Information));
        builder.ConfigureTestServices(services => services
            .AddSingleton<TimeProvider>(cluster.Time)
            // Hundreds of members sign in during a run; what a guess costs is nobody's concern here.
            .Configure<PasswordHasherOptions>(static hasher => hasher.IterationCount = 1_000)
            // Membership and the runtime's own timers are on real time, whatever the tests do to the program's.
            .AddKeyedSingleton(KeyedService.AnyKey, TimeProvider.System));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
