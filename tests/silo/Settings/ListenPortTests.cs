using Microsoft.Extensions.Configuration;
using Xunit;

namespace Sluice.Silo.Tests.Settings;

/// <summary>The port that other silos are told, and the one that is listened on.</summary>
public sealed class ListenPortTests
{
    [Fact]
    public void TheListeningPort_IsTheTold_UnlessAForwarderStandsBetween()
    {
        Assert.Equal(0, Read(("SLUICE_SILO_PORT", "21111")).SiloListenPort);
        var forwarded = Read(("SLUICE_SILO_PORT", "21111"), ("SLUICE_SILO_LISTEN_PORT", "21112"));
        Assert.Equal((21111, 21112), (forwarded.SiloPort, forwarded.SiloListenPort));
    }

    [Fact]
    public void AListeningPortThatIsNone_IsAFault()
    {
        var from = Configuration(("SLUICE_SILO_LISTEN_PORT", "65536"));

        Assert.False(ClusterSettings.TryRead(from, out _, out var faults));
        Assert.Contains("SLUICE_SILO_LISTEN_PORT", Assert.Single(faults), StringComparison.Ordinal);
    }

    private static ClusterSettings Read(params (string Name, string Value)[] values)
    {
        Assert.True(ClusterSettings.TryRead(Configuration(values), out var settings, out _));
        return settings;
    }

    private static IConfiguration Configuration(params (string Name, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(
            values.ToDictionary(static v => v.Name, static v => (string?)v.Value)).Build();
}
