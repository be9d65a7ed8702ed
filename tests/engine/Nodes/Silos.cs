using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Sluice.TestSupport.Postgres;
using Xunit;

namespace Sluice.Engine.Nodes;

/// <summary>Two silos and one process that hosts none, all one cluster on one store, for one class of tests.</summary>
public sealed class Silos(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly List<SiloNode> _nodes = [];
    private readonly string _keyFile = Path.GetTempFileName();

    public TestStore Store { get; } = new(postgres);

    /// <summary>A node that hosts authorities.</summary>
    public IServiceProvider First => _nodes[0].Services;

    /// <summary>Another node that hosts authorities.</summary>
    public IServiceProvider Second => _nodes[1].Services;

    /// <summary>A node that hosts none and reaches them through gateways.</summary>
    public IServiceProvider Outside => _nodes[2].Services;

    public async ValueTask InitializeAsync()
    {
        await Store.InitializeAsync();
        await File.WriteAllTextAsync(_keyFile, Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));
        foreach (var role in (string[])["silo", "silo", "api"])
            _nodes.Add(SiloNode.Start(Store.ConnectionString, role, _keyFile));
    }

    public async ValueTask DisposeAsync()
    {
        _nodes.Reverse();
        foreach (var node in _nodes)
            await node.DisposeAsync();
        await Store.DisposeAsync();
        File.Delete(_keyFile);
    }

    /// <summary>Returns a service of a node.</summary>
    internal static T Of<T>(IServiceProvider node)
        where T : notnull => node.GetRequiredService<T>();
}
