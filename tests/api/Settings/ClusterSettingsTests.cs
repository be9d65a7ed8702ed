using System.Net;
using Microsoft.Extensions.Configuration;
using Sluice.Api.Tests.Cluster.Trust;
using Sluice.Silo;
using Xunit;

namespace Sluice.Api.Tests.Settings;

public sealed class ClusterSettingsTests : IDisposable
{
    private readonly CertificateAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public void Defaults_AreThoseOfTheContract()
    {
        var settings = Read();

        Assert.Equal(ClusterRole.All, settings.Role);
        Assert.Equal("sluice", settings.ClusterId);
        Assert.Equal(IPAddress.Loopback, settings.Address);
        Assert.Equal((11_111, 30_000), (settings.SiloPort, settings.GatewayPort));
        Assert.Null(settings.Certificate);
        Assert.Null(settings.Authority);
    }

    [Fact]
    public void EverySetting_IsRead()
    {
        var settings = Read(
            ("SLUICE_ROLE", "Api"),
            ("SLUICE_CLUSTER", "tokyo-1_b"),
            ("SLUICE_SILO_ADDRESS", "10.1.2.3"),
            ("SLUICE_SILO_PORT", "65535"),
            ("SLUICE_GATEWAY_PORT", "0"),
            ("SLUICE_SILO_CERTIFICATE", _authority.IssueFile("node")),
            ("SLUICE_SILO_AUTHORITY", _authority.File));

        Assert.Equal(ClusterRole.Api, settings.Role);
        Assert.Equal("tokyo-1_b", settings.ClusterId);
        Assert.Equal(IPAddress.Parse("10.1.2.3"), settings.Address);
        Assert.Equal((65_535, 0), (settings.SiloPort, settings.GatewayPort));
        Assert.True(settings.Certificate!.HasPrivateKey);
        Assert.False(settings.Authority!.HasPrivateKey);
    }

    [Theory]
    [InlineData("all", true, true)]
    [InlineData("silo", false, true)]
    [InlineData("api", true, false)]
    public void ARole_SaysWhatAProcessDoes(string role, bool takesRequests, bool hostsAuthorities)
    {
        var settings = Read(("SLUICE_ROLE", role));

        Assert.Equal((takesRequests, hostsAuthorities), (settings.TakesRequests, settings.HostsAuthorities));
    }

    [Theory]
    [InlineData("SLUICE_ROLE", "worker")]
    [InlineData("SLUICE_ROLE", "1")]
    [InlineData("SLUICE_CLUSTER", "two words")]
    [InlineData("SLUICE_CLUSTER", "a234567890b234567890c234567890d234567890e234567890f234567890g2345")]
    [InlineData("SLUICE_SILO_ADDRESS", "node-1.example")]
    [InlineData("SLUICE_SILO_ADDRESS", "0.0.0.0")]
    [InlineData("SLUICE_SILO_ADDRESS", "::")]
    [InlineData("SLUICE_SILO_PORT", "0")]
    [InlineData("SLUICE_SILO_PORT", "65536")]
    [InlineData("SLUICE_SILO_PORT", "-1")]
    [InlineData("SLUICE_GATEWAY_PORT", "65536")]
    [InlineData("SLUICE_GATEWAY_PORT", "30 000")]
    public void AWrongSetting_IsNamed(string name, string value) =>
        Assert.StartsWith($"{name} ", Assert.Single(Faults((name, value))));

    [Fact]
    public void EverythingThatIsWrong_IsReportedAtOnce()
    {
        var faults = Faults(
            ("SLUICE_ROLE", "worker"),
            ("SLUICE_CLUSTER", "two words"),
            ("SLUICE_SILO_ADDRESS", "nowhere"),
            ("SLUICE_SILO_PORT", "none"),
            ("SLUICE_GATEWAY_PORT", "none"),
            ("SLUICE_SILO_CERTIFICATE", Path.Combine(_authority.Folder, "missing.pem")));

        Assert.Equal(
            [
                "SLUICE_CLUSTER", "SLUICE_GATEWAY_PORT", "SLUICE_ROLE", "SLUICE_SILO_ADDRESS",
                "SLUICE_SILO_CERTIFICATE", "SLUICE_SILO_CERTIFICATE", "SLUICE_SILO_PORT",
            ],
            faults.Select(static fault => fault.Split(' ')[0]).Order());
        Assert.Contains(faults, static fault => fault.Contains("SLUICE_SILO_AUTHORITY", StringComparison.Ordinal));
    }

    [Fact]
    public void ACertificate_NeedsItsAuthority_AndTheOtherWayRound()
    {
        var alone = Faults(("SLUICE_SILO_CERTIFICATE", _authority.IssueFile("node")));
        var without = Faults(("SLUICE_SILO_AUTHORITY", _authority.File));

        Assert.Contains("SLUICE_SILO_AUTHORITY", Assert.Single(alone));
        Assert.Contains("SLUICE_SILO_CERTIFICATE", Assert.Single(without));
    }

    [Fact]
    public void ACertificateWithoutItsKey_OrAFileThatIsNone_IsNamed()
    {
        var noKey = Faults(("SLUICE_SILO_CERTIFICATE", _authority.File), ("SLUICE_SILO_AUTHORITY", _authority.File));
        var text = Path.Combine(_authority.Folder, "text.pem");
        File.WriteAllText(text, "no certificate");
        var noCertificate = Faults(
            ("SLUICE_SILO_CERTIFICATE", _authority.IssueFile("node")), ("SLUICE_SILO_AUTHORITY", text));

        Assert.StartsWith("SLUICE_SILO_CERTIFICATE names a file", Assert.Single(noKey));
        Assert.StartsWith("SLUICE_SILO_AUTHORITY names a file", Assert.Single(noCertificate));
    }

    private static ClusterSettings Read(params (string Name, string Value)[] values)
    {
        Assert.True(ClusterSettings.TryRead(Configuration(values), out var settings, out var faults));
        Assert.Empty(faults);
        return settings;
    }

    private static IReadOnlyList<string> Faults(params (string Name, string Value)[] values)
    {
        Assert.False(ClusterSettings.TryRead(Configuration(values), out var settings, out var faults));
        Assert.Null(settings);
        return faults;
    }

    private static IConfiguration Configuration((string Name, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(
            values.ToDictionary(static v => v.Name, static v => (string?)v.Value)).Build();
}
