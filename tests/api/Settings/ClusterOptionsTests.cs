using System.Net;
using Microsoft.Extensions.Configuration;
using Sluice.Api.Settings;
using Sluice.Api.Tests.Cluster.Trust;
using Xunit;

namespace Sluice.Api.Tests.Settings;

/// <summary>The settings of a node as a member of its cluster.</summary>
public sealed class ClusterOptionsTests : IDisposable
{
    private readonly CertificateAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public void Defaults_AreThoseOfTheContract()
    {
        var options = Read();

        Assert.Equal(NodeRole.All, options.Role);
        Assert.Equal("sluice", options.Cluster);
        Assert.Equal(IPAddress.Loopback, options.SiloAddress);
        Assert.Equal((0, 0, 0), (options.SiloPort, options.SiloListenPort, options.GatewayPort));
        Assert.Equal(("", ""), (options.SiloCertificate, options.SiloAuthority));
    }

    [Fact]
    public void EverySetting_IsRead_FromTheEnvironmentOrTheFile()
    {
        var certificate = _authority.IssueFile("node");
        var options = Read(
            ("SLUICE_ROLE", "Api"),
            ("Sluice:Cluster", "tokyo-1_b"),
            ("SLUICE_SILO_ADDRESS", "10.1.2.3"),
            ("Sluice:SiloPort", "65535"),
            ("SLUICE_SILO_LISTEN_PORT", "21112"),
            ("SLUICE_GATEWAY_PORT", "30000"),
            ("SLUICE_SILO_CERTIFICATE", certificate),
            ("SLUICE_SILO_AUTHORITY", _authority.File));

        Assert.Equal(NodeRole.Api, options.Role);
        Assert.Equal("tokyo-1_b", options.Cluster);
        Assert.Equal(IPAddress.Parse("10.1.2.3"), options.SiloAddress);
        Assert.Equal((65_535, 21_112, 30_000), (options.SiloPort, options.SiloListenPort, options.GatewayPort));
        Assert.Equal((certificate, _authority.File), (options.SiloCertificate, options.SiloAuthority));
        Assert.Empty(Failures(options));
    }

    [Theory]
    [InlineData("all", true, true)]
    [InlineData("silo", false, true)]
    [InlineData("api", true, false)]
    public void ARole_SaysWhatANodeDoes(string role, bool takesRequests, bool hostsAuthorities)
    {
        var options = Read(("SLUICE_ROLE", role));

        Assert.Equal((takesRequests, hostsAuthorities), (options.TakesRequests, options.HostsAuthorities));
    }

    [Theory]
    [InlineData("SLUICE_ROLE", "worker")]
    [InlineData("SLUICE_ROLE", "1")]
    [InlineData("SLUICE_CLUSTER", "two words")]
    [InlineData("SLUICE_CLUSTER", "a234567890b234567890c234567890d234567890e234567890f234567890g2345")]
    [InlineData("SLUICE_SILO_ADDRESS", "node-1.example")]
    [InlineData("SLUICE_SILO_ADDRESS", "0.0.0.0")]
    [InlineData("SLUICE_SILO_ADDRESS", "::")]
    [InlineData("SLUICE_SILO_PORT", "65536")]
    [InlineData("SLUICE_SILO_PORT", "-1")]
    [InlineData("SLUICE_SILO_LISTEN_PORT", "65536")]
    [InlineData("SLUICE_SILO_LISTEN_PORT", "21112")]
    [InlineData("SLUICE_GATEWAY_PORT", "65536")]
    [InlineData("SLUICE_GATEWAY_PORT", "30 000")]
    public void AWrongSetting_IsNamed(string name, string value) =>
        Assert.StartsWith($"{name} ", Assert.Single(Failures(Read((name, value)))));

    [Fact]
    public void EverythingThatIsWrong_IsReportedAtOnce()
    {
        var failures = Failures(Read(
            ("SLUICE_ROLE", "worker"),
            ("SLUICE_CLUSTER", "two words"),
            ("SLUICE_SILO_ADDRESS", "nowhere"),
            ("SLUICE_SILO_PORT", "none"),
            ("SLUICE_GATEWAY_PORT", "none"),
            ("SLUICE_SILO_CERTIFICATE", Path.Combine(_authority.Folder, "missing.pem"))));

        Assert.Equal(
            [
                "SLUICE_CLUSTER", "SLUICE_GATEWAY_PORT", "SLUICE_ROLE", "SLUICE_SILO_ADDRESS",
                "SLUICE_SILO_CERTIFICATE", "SLUICE_SILO_CERTIFICATE", "SLUICE_SILO_PORT",
            ],
            failures.Select(static failure => failure.Split(' ')[0]).Order());
        Assert.Contains(failures, static f => f.Contains("SLUICE_SILO_AUTHORITY", StringComparison.Ordinal));
    }

    [Fact]
    public void ACertificate_NeedsItsAuthority_AndTheOtherWayRound()
    {
        var alone = Failures(Read(("SLUICE_SILO_CERTIFICATE", _authority.IssueFile("node"))));
        var without = Failures(Read(("SLUICE_SILO_AUTHORITY", _authority.File)));

        Assert.Contains("SLUICE_SILO_AUTHORITY", Assert.Single(alone));
        Assert.Contains("SLUICE_SILO_CERTIFICATE", Assert.Single(without));
    }

    [Fact]
    public void ACertificateWithoutItsKey_OrAFileThatIsNone_IsNamed()
    {
        var noKey = Failures(Read(
            ("SLUICE_SILO_CERTIFICATE", _authority.File), ("SLUICE_SILO_AUTHORITY", _authority.File)));
        var text = Path.Combine(_authority.Folder, "text.pem");
        File.WriteAllText(text, "no certificate");
        var noCertificate = Failures(Read(
            ("SLUICE_SILO_CERTIFICATE", _authority.IssueFile("node")), ("SLUICE_SILO_AUTHORITY", text)));

        Assert.StartsWith("SLUICE_SILO_CERTIFICATE names a file", Assert.Single(noKey));
        Assert.StartsWith("SLUICE_SILO_AUTHORITY names a file", Assert.Single(noCertificate));
    }

    private static SluiceOptions Read(params (string Name, string Value)[] values)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            values.Append(("SLUICE_POSTGRES", "Host=db;Username=sluice;Database=sluice"))
                .ToDictionary(static v => v.Item1, static v => (string?)v.Item2)).Build();
        var options = new SluiceOptions();
        new SluiceOptionsReader(configuration).Configure(options);
        return options;
    }

    private static IReadOnlyList<string> Failures(SluiceOptions options) =>
        [.. new SluiceOptionsRules().Validate(null, options).Failures ?? []];
}
