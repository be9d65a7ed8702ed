using Npgsql;
using Orleans.Runtime;
using Sluice.Engine.Metering;
using Sluice.Storage.Sessions;

namespace Sluice.Silo.Cluster;

/// <summary>
/// Clears dead silos out of the way of this one while it joins. Orleans 10.4 lets a silo join only once every silo that
/// the table calls active has answered a probe, and silos that have joined already declare dead those that don't. After
/// a power cut none has joined: each that comes back would wait for all others, for ever if one stays away.
/// </summary>
/// <remarks>
/// Earlier starts of this node are declared dead at once, because its data folder is locked by this process and they
/// have therefore ended. Others are declared dead once their heartbeat in the table stands still. The heartbeat is
/// compared with itself, on the clock of this process; clocks of other machines don't matter. No limit depends on any
/// of this: a silo that is declared dead and lives ends, and its supervisor starts it again.
/// </remarks>
internal sealed class DeadSiloReaper(
    IServiceProvider services, NodeIdentity node, ProcessClock clock, ILogger<DeadSiloReaper> logger)
    : BackgroundService, ILifecycleParticipant<ISiloLifecycle>
{
    /// <summary>How often every silo writes its heartbeat.</summary>
    public static readonly TimeSpan HeartbeatPeriod = TimeSpan.FromSeconds(5);

    /// <summary>A heartbeat that stood still for so long has been missed three times.</summary>
    private static readonly TimeSpan Silence = 3.2 * HeartbeatPeriod;

    private static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(1);

    /// <summary>Other silos change the table too; who comes second reads it again.</summary>
    private const int AttemptsMax = 10;

    private readonly Dictionary<SiloAddress, (DateTime Heartbeat, long SinceMs)> _heard = [];

    /// <summary>The name of this start of this node in the table of members.</summary>
    public static string NameOf(NodeIdentity node) => $"{NamePrefix(node)}{Environment.ProcessId}";

    /// <summary>Runs before this silo knows of any other, so that it never tries to reach its predecessor.</summary>
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
                // While the store is away no silo can write its heartbeat.
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
