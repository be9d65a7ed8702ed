using Npgsql;
using Orleans.Runtime;
using Sluice.Engine.Time;
using Sluice.Storage.Ledger.Sessions;

namespace Sluice.Silo.Cluster;

/// <summary>
/// Declares dead silos dead while this one joins. Orleans 10.4 lets a silo join only once every silo marked active in
/// the table has answered a probe, and only silos that have joined declare the others dead. After a power cut none has
/// joined: each silo that restarts would wait for all others, forever if one stays away.
/// </summary>
/// <remarks>
/// Earlier starts of this node are declared dead at once: this process holds the lock of its data folder, so they have
/// ended. Others are declared dead once their heartbeat in the table stalls. The heartbeat is compared with its own
/// earlier value, on the clock of this process; clocks of other machines don't matter. No limit depends on any of this:
/// a live silo that is declared dead stops, and its supervisor restarts it.
/// </remarks>
internal sealed class DeadSiloReaper(
    IServiceProvider services, NodeIdentity node, ProcessClock clock, ILogger<DeadSiloReaper> logger)
    : BackgroundService, ILifecycleParticipant<ISiloLifecycle>
{
    /// <summary>Interval at which every silo writes its heartbeat.</summary>
    public static readonly TimeSpan HeartbeatPeriod = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Time without a new heartbeat after which a silo is declared dead: three heartbeats have been missed.
    /// </summary>
    private static readonly TimeSpan Silence = 3.2 * HeartbeatPeriod;

    private static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(1);

    /// <summary>Maximum attempts to update the table: if another silo changes it first, it is read again.</summary>
    private const int AttemptsMax = 10;

    private readonly Dictionary<SiloAddress, (DateTime Heartbeat, long SinceMs)> _heard = [];

    /// <summary>Returns the name of this start of this node in the membership table.</summary>
    /// <param name="node">The node.</param>
    /// <param name="logName">Its name in its log lines.</param>
    public static string NameOf(NodeIdentity node, string logName) =>
        $"{NamePrefix(node)}{Environment.ProcessId}/{logName} on {node.Host}";

    /// <summary>
    /// Subscribes before this silo knows of any other, so that it never tries to reach its predecessor.
    /// </summary>
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(DeadSiloReaper), ServiceLifecycleStage.RuntimeInitialize, BuryPredecessorsAsync);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var silo = services.GetRequiredService<ISiloStatusOracle>();
        using var timer = new PeriodicTimer(LookPeriod, clock.Time);
        while (silo.CurrentStatus != SiloStatus.Active && await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (silo.CurrentStatus != SiloStatus.Joining)
                continue;
            try
            {
                await LookAsync(silo.SiloAddress, stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
            {
                // While the store is unreachable no silo can write its heartbeat.
                _heard.Clear();
                SiloLog.MembersUnread(logger, e.Message);
            }
        }
    }

    private static string NamePrefix(NodeIdentity node) => $"{node.Id:N}/";

    private async Task BuryPredecessorsAsync(CancellationToken ct)
    {
        var table = services.GetRequiredService<IMembershipTable>();
        await table.InitializeMembershipTableAsync(true, ct);
        var prefix = NamePrefix(node);
        for (var attempt = 1; attempt <= AttemptsMax; attempt++)
        {
            var read = await table.ReadAllAsync(ct);
            if (read.Members.FirstOrDefault(m => m.Item1.Status != SiloStatus.Dead
                && m.Item1.SiloName.StartsWith(prefix, StringComparison.Ordinal)) is not var (member, etag))
                return;
            member.Status = SiloStatus.Dead;
            if (await table.UpdateRowAsync(member, etag, read.Version.Next(), ct))
                SiloLog.PredecessorBuried(logger, member.SiloAddress.ToString());
        }
    }

    private async Task LookAsync(SiloAddress self, CancellationToken ct)
    {
        var read = await services.GetRequiredService<IMembershipTable>().ReadAllAsync(ct);
        foreach (var (member, _) in read.Members)
        {
            if (member.Status != SiloStatus.Active || member.SiloAddress.Equals(self))
                continue;
            if (!_heard.TryGetValue(member.SiloAddress, out var last) || last.Heartbeat != member.IAmAliveTime)
            {
                _heard[member.SiloAddress] = (member.IAmAliveTime, clock.MonotonicMs);
                continue;
            }

            if (clock.MonotonicMs - last.SinceMs <= Silence.TotalMilliseconds)
                continue;
            SiloLog.DeclaredDead(logger, member.SiloAddress.ToString());
            await services.GetRequiredService<IClusterMembershipService>().TryKill(member.SiloAddress);
            _heard.Remove(member.SiloAddress);
        }
    }
}
