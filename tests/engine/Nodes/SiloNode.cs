using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sluice.Engine.Clocks;
using Sluice.Silo.Hosting;
using Sluice.TestSupport.Hosting;

namespace Sluice.Engine.Nodes;

/// <summary>The program in one of its roles, on an existing store.</summary>
internal sealed class SiloNode(IReadOnlyDictionary<string, string> settings) : WebApplicationFactory<SiloProgram>
{
    private readonly string _data = Directory.CreateTempSubdirectory("sluice-test-").FullName;

    /// <summary>The program's clock, in the month that the tests use; the runtime's clock is real.</summary>
    public TestClock Time { get; } = new();

    /// <summary>Starts a node; it is a member of the cluster when this returns.</summary>
    /// <param name="connectionString">The connection string of the store.</param>
    /// <param name="role">The node's role.</param>
    /// <param name="keyFile">The encryption key of its cluster.</param>
    public static SiloNode Start(string connectionString, string role, string keyFile)
    {
        var node = new SiloNode(new Dictionary<string, string>
        {
            ["SLUICE_POSTGRES"] = connectionString,
            ["SLUICE_ROLE"] = role,
            ["SLUICE_KEY_FILE"] = keyFile,
        });
        node.UseKestrel();
        node.StartServer();
        return node;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_data, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected override IHost CreateHost(IHostBuilder builder) => new SelfEndingHost(base.CreateHost(builder));

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("SLUICE_LISTEN", "http://127.0.0.1:0");
        builder.UseSetting("SLUICE_DATA", _data);
        builder.UseSetting("SLUICE_CLUSTER", "grains");
        foreach (var (name, value) in settings)
            builder.UseSetting(name, value);
        builder.ConfigureLogging(static logging => logging.ClearProviders());
        builder.ConfigureTestServices(services => services
            .AddSingleton<TimeProvider>(Time)
            .AddKeyedSingleton(KeyedService.AnyKey, TimeProvider.System));
    }
}
