using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Sluice.Api.Tests.Cluster.Membership;
using Sluice.Metering.Identity;
using Sluice.Silo;
using Xunit;

namespace Sluice.Api.Tests.Cluster.Trust;

public sealed class ClusterTrustTests(MembershipStore store) : IClassFixture<MembershipStore>, IDisposable
{
    private const int TimeoutMs = 120_000;

    private readonly SiloPorts _ports = new();
    private readonly CertificateAuthority _ours = new();
    private readonly CertificateAuthority _theirs = new();
    private readonly string _clusterId = $"test-{Guid.NewGuid():n}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _ours.Dispose();
        _theirs.Dispose();
        _ports.Dispose();
    }

    [Fact]
    public void WhoeverTheAuthoritySigned_BelongsToTheCluster_AndNobodyElse()
    {
        using var authority = X509CertificateLoader.LoadCertificateFromFile(_ours.File);
        using var ours = _ours.Issue("node");
        using var theirs = _theirs.Issue("node");
        using var themselves = X509CertificateLoader.LoadCertificateFromFile(_theirs.File);

        Assert.True(ClusterTrust.IsSignedBy(ours, authority));
        Assert.False(ClusterTrust.IsSignedBy(theirs, authority));
        Assert.False(ClusterTrust.IsSignedBy(themselves, authority));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task SilosOfOneAuthority_AreOneCluster_AndOneOfAnotherDoesNotGetIn()
    {
        var ports = Enumerable.Range(0, 3).Select(_ => _ports.Next()).ToArray();
        await using var first = Silo(ports[0], _ours, "one");
        await using var second = Silo(ports[1], _ours, "two");
        await first.StartAsync(Cancellation);
        await second.StartAsync(Cancellation);
        await SpreadAsync(first, second);

        using var ours = _ours.Issue("caller");
        using var theirs = _theirs.Issue("caller");
        Assert.False(await HangsUpAsync(ports[0], ours, TimeSpan.FromSeconds(1)));
        Assert.True(await HangsUpAsync(ports[0], theirs, TimeSpan.FromMinutes(1)));

        await using var stranger = Silo(ports[2], _theirs, "three");
        using var giveUp = new CancellationTokenSource();
        var starting = stranger.StartAsync(giveUp.Token);
        var status = await StatusAsync(first, ports[2], SiloStatus.Joining);
        await Eventually.BecomesAsync(
            () => Task.FromResult(stranger.Log.Text), static log => log.Contains("AuthenticationException"));

        Assert.Contains("AuthenticationException", stranger.Log.Text);
        Assert.Equal(SiloStatus.Joining, status);
        Assert.False(starting.IsCompleted);
        await SpreadAsync(first, second);
        Assert.Equal(SiloStatus.Joining, await StatusAsync(first, ports[2], SiloStatus.Joining));
        Assert.Equal(SiloStatus.Active, await StatusAsync(first, ports[0], SiloStatus.Active));
        Assert.Equal(SiloStatus.Active, await StatusAsync(first, ports[1], SiloStatus.Active));
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => starting);
    }

    private BareSilo Silo(int port, CertificateAuthority authority, string name) => new(
        store.ConnectionString,
        _clusterId,
        port,
        ("SLUICE_SILO_CERTIFICATE", authority.IssueFile(name)),
        ("SLUICE_SILO_AUTHORITY", authority.File));

    /// <summary>Has the first silo call authorities until some of them live on the second.</summary>
    private static async Task SpreadAsync(BareSilo first, BareSilo second)
    {
        var before = second.Authorities;
        await Eventually.BecomesAsync(
            async () =>
            {
                Assert.NotNull(
                    await first.Directory.ReadAsync(new ScopeId(ScopeKind.Tenant, IdText.NewValue()), Cancellation));
                return second.Authorities;
            },
            count => count > before);
        Assert.InRange(second.Authorities, before + 1, int.MaxValue);
    }

    /// <summary>What the table says of the silo at a port, once it says so.</summary>
    private static Task<SiloStatus> StatusAsync(BareSilo silo, int port, SiloStatus expected) => Eventually.IsAsync(
        async () => (await silo.Of<IMembershipTable>().ReadAllAsync(Cancellation)).Members
            .Select(static member => member.Item1)
            .SingleOrDefault(member => member.SiloAddress.Endpoint.Port == port)?.Status ?? SiloStatus.None,
        expected);

    /// <summary>
    /// Whether a silo hangs up once it has seen a caller's certificate. Of one that it trusts it awaits the first word,
    /// which never comes.
    /// </summary>
    private async Task<bool> HangsUpAsync(int port, X509Certificate2 certificate, TimeSpan within)
    {
        using var authority = X509CertificateLoader.LoadCertificateFromFile(_ours.File);
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, port, Cancellation);
        await using var tls = new SslStream(tcp.GetStream());
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "sluice",
                    ClientCertificates = [certificate],
                    RemoteCertificateValidationCallback = (_, shown, _, _) =>
                        shown is X509Certificate2 server && ClusterTrust.IsSignedBy(server, authority),
                },
                Cancellation);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            patience.CancelAfter(within);
            return await tls.ReadAsync(new byte[1], patience.Token) == 0;
        }
        catch (OperationCanceledException) when (!Cancellation.IsCancellationRequested)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
