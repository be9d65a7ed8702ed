using System.Net;
using Orleans;
using Orleans.Messaging;
using Orleans.Runtime;
using Sluice.Api.Settings;
using Xunit;

namespace Sluice.Api.Tests.Cluster.Membership;

/// <summary>The queries of the cluster's schema, as Orleans itself sends them.</summary>
public sealed class MembershipTableTests(MembershipStore store) : IClassFixture<MembershipStore>, IAsyncLifetime
{
    private static readonly DateTime Noon = new(2026, 11, 20, 12, 0, 0, DateTimeKind.Utc);

    private readonly string _clusterId = $"test-{Guid.NewGuid():n}";
    private readonly List<BareSilo> _silos = [];
    private IMembershipTable _table = null!;

    public async ValueTask InitializeAsync() => _table = await TableOfAsync(_clusterId);

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
            await silo.DisposeAsync();
    }

    [Fact]
    public async Task ANewCluster_HasNobody_AndBeginningItAgainChangesNothing()
    {
        Assert.Empty((await _table.ReadAllAsync(Cancellation)).Members);
        await InsertAsync(Member(1));

        await _table.InitializeMembershipTableAsync(true, Cancellation);

        var read = await _table.ReadAllAsync(Cancellation);
        Assert.Equal(1, read.Version.Version);
        Assert.Single(read.Members);
    }

    [Fact]
    public async Task AMember_IsReadAsItWasWritten()
    {
        var member = Member(1, SiloStatus.Joining);
        member.SuspectTimes = [];
        await InsertAsync(member);

        var all = await _table.ReadAllAsync(Cancellation);
        var row = await _table.ReadRowAsync(member.SiloAddress, Cancellation);
        foreach (var read in new[] { all, row })
        {
            var found = Assert.Single(read.Members).Item1;
            Assert.Equal(member.SiloAddress, found.SiloAddress);
            Assert.Equal((member.SiloName, member.HostName), (found.SiloName, found.HostName));
            Assert.Equal((SiloStatus.Joining, member.ProxyPort), (found.Status, found.ProxyPort));
            Assert.Equal((member.StartTime, member.IAmAliveTime), (found.StartTime, found.IAmAliveTime));
        }

        Assert.Empty((await _table.ReadRowAsync(Member(2).SiloAddress, Cancellation)).Members);
    }

    [Fact]
    public async Task AnInsertOfAnOldVersion_OrOfAMemberThatIsThere_IsRefused()
    {
        var old = (await _table.ReadAllAsync(Cancellation)).Version.Next();
        Assert.True(await _table.InsertRowAsync(Member(1), old, Cancellation));

        Assert.False(await _table.InsertRowAsync(Member(2), old, Cancellation));
        Assert.False(await InsertAsync(Member(1)));

        var read = await _table.ReadAllAsync(Cancellation);
        Assert.Equal(1, read.Version.Version);
        Assert.Equal(Member(1).SiloAddress, Assert.Single(read.Members).Item1.SiloAddress);
    }

    [Fact]
    public async Task OfInsertsAtOnce_OneWins()
    {
        var version = (await _table.ReadAllAsync(Cancellation)).Version.Next();

        var inserted = await Task.WhenAll(
            Enumerable.Range(1, 8).Select(port => _table.InsertRowAsync(Member(port), version, Cancellation)));

        Assert.Equal(1, inserted.Count(static won => won));
        var read = await _table.ReadAllAsync(Cancellation);
        Assert.Equal(1, read.Version.Version);
        Assert.Single(read.Members);
    }

    [Fact]
    public async Task OfUpdatesAtOnce_OneWins_AndAnOldVersionChangesNothing()
    {
        await InsertAsync(Member(1));
        var (version, etag) = await VersionAsync(1);

        var updated = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
        {
            var dead = Member(1, SiloStatus.Dead);
            dead.SuspectTimes = [Tuple.Create(Member(100 + i).SiloAddress, Noon)];
            return _table.UpdateRowAsync(dead, etag, version, Cancellation);
        }));
        Assert.False(await _table.UpdateRowAsync(Member(1, SiloStatus.Active), etag, version, Cancellation));

        Assert.Equal(1, updated.Count(static won => won));
        var read = await _table.ReadRowAsync(Member(1).SiloAddress, Cancellation);
        Assert.Equal(2, read.Version.Version);
        var member = Assert.Single(read.Members).Item1;
        Assert.Equal(SiloStatus.Dead, member.Status);
        Assert.Equal(
            100 + Array.IndexOf(updated, true), Assert.Single(member.SuspectTimes!).Item1.Endpoint.Port);
    }

    [Fact]
    public async Task AnUpdateOfAMemberThatIsNotThere_IsRefused_AndRaisesNothing()
    {
        var read = await _table.ReadAllAsync(Cancellation);

        Assert.False(await _table.UpdateRowAsync(Member(1), "0", read.Version.Next(), Cancellation));

        Assert.Equal(read.Version.Version, (await _table.ReadAllAsync(Cancellation)).Version.Version);
    }

    [Fact]
    public async Task ASignOfLife_LeavesTheVersionAlone()
    {
        await InsertAsync(Member(1));
        var alive = Member(1);
        alive.IAmAliveTime = Noon.AddMinutes(5);

        await _table.UpdateIAmAliveAsync(alive, Cancellation);

        var read = await _table.ReadAllAsync(Cancellation);
        Assert.Equal(1, read.Version.Version);
        Assert.Equal(Noon.AddMinutes(5), Assert.Single(read.Members).Item1.IAmAliveTime);
    }

    [Fact]
    public async Task TheCleanUp_TakesThoseLongGone_AndNobodyWhoIsActive()
    {
        var (longDead, justDead, silent) =
            (Member(1, SiloStatus.Dead), Member(2, SiloStatus.Dead), Member(3, SiloStatus.Active));
        justDead.IAmAliveTime = Noon.AddMinutes(5);
        foreach (var member in new[] { longDead, justDead, silent })
            await InsertAsync(member);

        await _table.CleanupDefunctSiloEntriesAsync(new DateTimeOffset(Noon.AddMinutes(1)), Cancellation);

        Assert.Equal([2, 3], await PortsAsync(_table));
    }

    [Fact]
    public async Task AnotherCluster_IsAnother()
    {
        await InsertAsync(Member(1));
        var other = await TableOfAsync($"{_clusterId}-b");
        var version = (await other.ReadAllAsync(Cancellation)).Version.Next();
        Assert.True(await other.InsertRowAsync(Member(2), version, Cancellation));

        await _table.DeleteMembershipTableEntriesAsync(_clusterId, Cancellation);
        await _table.InitializeMembershipTableAsync(true, Cancellation);

        Assert.Empty((await _table.ReadAllAsync(Cancellation)).Members);
        Assert.Equal([2], await PortsAsync(other));
    }

    [Fact]
    public async Task Gateways_AreThoseOfActiveMembersThatTakeClients()
    {
        var without = Member(2);
        without.ProxyPort = 0;
        foreach (var member in new[] { Member(1), without, Member(3, SiloStatus.Joining), Member(4, SiloStatus.Dead) })
            await InsertAsync(member);
        var client = new BareSilo(store.ConnectionString, _clusterId, role: NodeRole.Api);
        _silos.Add(client);
        var provider = client.Of<IGatewayListProvider>();
        await provider.InitializeGatewayListProvider();

        var gateways = await provider.GetGateways();

        Assert.Equal(Member(1).ProxyPort, Assert.Single(gateways).Port);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static MembershipEntry Member(int port, SiloStatus status = SiloStatus.Active) => new()
    {
        SiloAddress = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, port), 7),
        SiloName = $"silo-{port}",
        HostName = "host",
        Status = status,
        ProxyPort = 1_000 + port,
        StartTime = Noon.AddMinutes(-1),
        IAmAliveTime = Noon,
    };

    private static async Task<IEnumerable<int>> PortsAsync(IMembershipTable table) =>
        (await table.ReadAllAsync(Cancellation)).Members.Select(static m => m.Item1.SiloAddress.Endpoint.Port).Order();

    private async Task<bool> InsertAsync(MembershipEntry member) =>
        await _table.InsertRowAsync(member, (await _table.ReadAllAsync(Cancellation)).Version.Next(), Cancellation);

    private async Task<(TableVersion Next, string Etag)> VersionAsync(int port)
    {
        var read = await _table.ReadRowAsync(Member(port).SiloAddress, Cancellation);
        return (read.Version.Next(), read.Members[0].Item2);
    }

    private async Task<IMembershipTable> TableOfAsync(string clusterId)
    {
        var silo = new BareSilo(store.ConnectionString, clusterId);
        _silos.Add(silo);
        var table = silo.Of<IMembershipTable>();
        await table.InitializeMembershipTableAsync(true, Cancellation);
        return table;
    }
}
