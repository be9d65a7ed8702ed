using Orleans.Runtime;

namespace Sluice.Silo.Cluster;

/// <summary>
/// Logs one line when another node joins, leaves or dies. Everything else that the runtime has to say about it, such as
/// connections that broke, follows from that.
/// </summary>
internal sealed class MemberLog(
    IClusterMembershipService membership, ILocalSiloDetails self, ILogger<MemberLog> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var before = membership.CurrentSnapshot.Members;
        await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(stoppingToken))
        {
            foreach (var (address, member) in snapshot.Members)
            {
                if (address.Equals(self.SiloAddress))
                    continue;
                var status = before.TryGetValue(address, out var known) ? known.Status : SiloStatus.None;
                Log(member, status);
            }

            before = snapshot.Members;
        }
    }

    private void Log(ClusterMember member, SiloStatus before)
    {
        var node = member.Name[(member.Name.LastIndexOf('/') + 1)..];
        var address = member.SiloAddress.ToParsableString();
        if (member.Status == SiloStatus.Active && before != SiloStatus.Active)
            SiloLog.Joined(logger, node, address);
        else if (member.Status == SiloStatus.Dead && before is SiloStatus.Active or SiloStatus.Joining)
            SiloLog.Died(logger, node, address);
        else if (member.Status == SiloStatus.Dead && before is SiloStatus.ShuttingDown or SiloStatus.Stopping)
            SiloLog.Left(logger, node, address);
    }
}
