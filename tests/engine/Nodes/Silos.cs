using Microsoft.Extensions.DependencyInjection;
using Sluice.TestSupport.Postgres;
using Xunit;

namespace Sluice.Engine.Nodes;

/// <summary>Two silos and one process without, all one cluster over one store, for one class of tests.</summary>
public sealed class Silos(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly List<SiloNode> _nodes = [];

    public TestStore Store { get; } = new(postgres);

    /// <summary>Hosts authorities.</summary>
    public IServiceProvider First => _nodes[0].Services;

    /// <summary>Hosts authorities too.</summary>
    public IServiceProvider Second => _nodes[1].Services;

    /// <summary>Hosts none and reaches them through gateways.</summary>
    public IServiceProvider Outside => _nodes[2].Services;

    public async ValueTask InitializeAsync()
    {
        await Store.InitializeAsync();
        foreach (var role in (string[])["silo", "silo", "api"])
            _nodes.Add(SiloNode.Start(Store.ConnectionString, role));
    }

    public async ValueTask DisposeAsync()
    {
        _nodes.Reverse();
        foreach (var node in _nodes)
            await node.DisposeAsync();
        await Store.DisposeAsync();
    }

    /// <summary>A service of a node.</summary>
    internal static T Of<T>(IServiceProvider node)
        where T : notnull => node.GetRequiredService<T>();
}
