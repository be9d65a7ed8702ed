using System.Globalization;
using Orleans.TestingHost;

namespace Sluice.Api.Tests.Hosting;

/// <summary>Gives out free ports for silos, apart from those of other test programs on this machine.</summary>
internal sealed class SiloPorts : IDisposable
{
    private readonly TestClusterPortAllocator _ports = new();

    public int Next() => _ports.AllocateConsecutivePortPairs(1).Item1;

    /// <summary>Returns the settings of one more silo, which takes no clients.</summary>
    public IReadOnlyDictionary<string, string> NextSettings() => new Dictionary<string, string>
    {
        ["SLUICE_SILO_PORT"] = Next().ToString(CultureInfo.InvariantCulture),
        ["SLUICE_GATEWAY_PORT"] = "0",
    };

    public void Dispose() => _ports.Dispose();
}
