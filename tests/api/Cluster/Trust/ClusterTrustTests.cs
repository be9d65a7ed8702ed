using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Sluice.Api.Tests.Cluster.Membership;
using Sluice.Metering.Identity;
using Sluice.Silo.Cluster;
using Xunit;

namespace Sluice.Api.Tests.Cluster.Trust;

public sealed class ClusterTrustTests(MembershipStore store) : IClassFixture<MembershipStore>, IDisposable
{
    private const int TimeoutMs = 120_000;

    private readonly CertificateAuthority _ours = new();
    private readonly CertificateAuthority _theirs = new();
    private readonly string _clusterId = $"test-{Guid.NewGuid():n}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _ours.Dispose();
        _theirs.Dispose();
    }

    [Fact]
    public void WhoeverTheAuthoritySigned_BelongsToTheCluster_AndNobodyElse()
    {
        using var node = NodeCertificate.FromFiles(_ours.IssueFile("self"), _ours.File);
        using var ours = _ours.Issue("node");
        using var theirs = _theirs.Issue("node");
        using var themselves = X509CertificateLoader.LoadCertificateFromFile(_theirs.File);

        Assert.True(node.Accepts(ours));
        Assert.False(node.Accepts(theirs));
        Assert.False(node.Accepts(themselves));
    }

    [Fact]
    public void WithoutAnAuthority_OnlyTheClustersOwnCertificateBelongsToIt()
    {
        var row = NodeCertificate.Make("tests");
        using var node = NodeCertificate.Of(row);
        using var other = NodeCertificate.Of(row);
        using var stranger = NodeCertificate.Of(NodeCertificate.Make("tests"));

        Assert.True(node.Accepts(other.Own));
        Assert.False(node.Accepts(stranger.Own));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task SilosOfOneAuthority_AreOneCluster_AndOneOfAnotherDoesNotGetIn()
    {
        await using var first = Silo(_ours, "one");
        await using var second = Silo(_ours, "two");
        await first.StartAsync(Cancellation);
        await second.StartAsync(Cancellation);
        await SpreadAsync(first, second);

        using var ours = _ours.Issue("caller");
        using var theirs = _theirs.Issue("caller");
        Assert.False(await HangsUpAsync(first.Port, ours, TimeSpan.FromSeconds(1)));
        Assert.True(await HangsUpAsync(first.Port, theirs, TimeSpan.FromMinutes(1)));

        await using var stranger = Silo(_theirs, "three");
        using var giveUp = new CancellationTokenSource();
        var starting = stranger.StartAsync(giveUp.Token);
        var status = await StatusAsync(first, stranger.Port, SiloStatus.Joining);
        await Eventually.BecomesAsync(
            () => Task.FromResult(stranger.Log.Text), static log => log.Contains("AuthenticationException"));

        Assert.Contains("AuthenticationException", stranger.Log.Text);
        Assert.Equal(SiloStatus.Joining, status);
        Assert.False(starting.IsCompleted);
        await SpreadAsync(first, second);
        Assert.Equal(SiloStatus.Joining, await StatusAsync(first, stranger.Port, SiloStatus.Joining));
        Assert.Equal(SiloStatus.Active, await StatusAsync(first, first.Port, SiloStatus.Active));
        Assert.Equal(SiloStatus.Active, await StatusAsync(first, second.Port, SiloStatus.Active));
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => starting);
    }

    private BareSilo Silo(CertificateAuthority authority, string name) => new(
        store.ConnectionString, _clusterId, NodeCertificate.FromFiles(authority.IssueFile(name), authority.File));

    /// <summary>Calls authorities from the first silo until some of them live on the second.</summary>
    private static async Task SpreadAsync(BareSilo first, BareSilo second)
    {
        var before = second.Authorities;
        await Eventually.BecomesAsync(
            async () =>
            {
                // Reading would not start them.
                await first.Directory.RefreshAsync(new ScopeId(ScopeKind.Tenant, IdText.NewValue()), Cancellation);
                return second.Authorities;
            },
            count => count > before);
        Assert.InRange(second.Authorities, before + 1, int.MaxValue);
    }

    /// <summary>
    /// Waits until the membership table has the expected status for the silo at a port, and returns it.
    /// </summary>
    private static Task<SiloStatus> StatusAsync(BareSilo silo, int port, SiloStatus expected) => Eventually.IsAsync(
        async () => (await silo.Of<IMembershipTable>().ReadAllAsync(Cancellation)).Members
            .Select(static member => member.Item1)
            .SingleOrDefault(member => member.SiloAddress.Endpoint.Port == port)?.Status ?? SiloStatus.None,
        expected);

    /// <summary>
    /// Whether a silo hangs up once it has seen a caller's certificate. From a caller that it trusts it awaits the
    /// first message, which never comes.
    /// </summary>
    private async Task<bool> HangsUpAsync(int port, X509Certificate2 certificate, TimeSpan within)
    {
        using var node = NodeCertificate.FromFiles(_ours.IssueFile("caller-self"), _ours.File);
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
                        shown is X509Certificate2 server && node.Accepts(server),
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
