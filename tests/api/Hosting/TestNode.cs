using System.Globalization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Sluice.Silo.Hosting;
using Sluice.TestSupport.Hosting;

namespace Sluice.Api.Tests.Hosting;

/// <summary>One node of a host: the program itself, listening for callers and for the other nodes' silos.</summary>
internal sealed class TestNode(NodeHost host, int number, IEnumerable<KeyValuePair<string, string>> settings)
    : WebApplicationFactory<SiloProgram>
{
    /// <summary>
    /// Small, because hundreds of members sign in during a run and no test is about the cost of hashing.
    /// </summary>
    private const int HashIterations = 1_000;

    /// <summary>
    /// The size of the grain directory's cache. Timers of the framework's rate limiter keep a stopped node in memory;
    /// the default of a million entries would keep 18 MB per node, and a run starts more than a hundred.
    /// </summary>
    private const int DirectoryCacheSize = 10_000;

    public Uri Address => ClientOptions.BaseAddress;

    protected override IHost CreateHost(IHostBuilder builder) => new SelfEndingHost(base.CreateHost(builder));

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("SLUICE_POSTGRES", host.ConnectionString);
        builder.UseSetting("SLUICE_LISTEN", "http://127.0.0.1:0");
        builder.UseSetting("SLUICE_DATA", host.DataFolder);
        builder.UseSetting("SLUICE_NODE", number.ToString(CultureInfo.InvariantCulture));
        builder.UseSetting("SLUICE_ROLE", "all");
        builder.UseSetting("SLUICE_OPERATOR_TOKEN", NodeHost.OperatorToken);
        builder.UseSetting("SLUICE_GATEWAY_TOKEN", NodeHost.GatewayToken);
        // Tests of jobs run them explicitly.
        builder.UseSetting("SLUICE_JOBS", "false");
        foreach (var (name, value) in settings)
            builder.UseSetting(name, value);
        builder.ConfigureLogging(logging => logging
            .ClearProviders().AddProvider(host.Log)
            .AddFilter<CapturedLog>(static _ => true)
            .AddFilter<CapturedLog>("Orleans", LogLevel.Information));
        builder.ConfigureTestServices(services => services
            .AddSingleton<TimeProvider>(host.Time)
            .Configure<PasswordHasherOptions>(static hasher => hasher.IterationCount = HashIterations)
            .Configure<GrainDirectoryOptions>(static directory => directory.CacheSize = DirectoryCacheSize)
            // Membership and the runtime's own timers stay on real time when a test sets the program's clock.
            .AddKeyedSingleton(KeyedService.AnyKey, TimeProvider.System));
        builder.ConfigureTestServices(host.AddServices);
    }
}
