using Npgsql;
using Orleans.Runtime;
using Sluice.Engine.Metering;

namespace Sluice.Silo;

/// <summary>
/// Lets this silo join where nobody is left to give up members that are gone. Silos that run give up one that does not
/// answer; after a power cut none runs, and each that comes back waits for an answer of all that are in the table, for
/// ever where one stays away. So while this silo joins, it gives up members whose beat in the table stands still.
/// </summary>
/// <remarks>
/// No limit depends on it: a silo that is given up and lives ends, and is started again. The beat is compared with
/// itself, on the clock of this process; those of other machines don't matter.
/// </remarks>
internal sealed class LostMembers(IServiceProvider services, ProcessClock clock, ILogger<LostMembers> logger)
    : BackgroundService
{
    /// <summary>How often every silo writes its beat.</summary>
    public static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(5);

    /// <summary>A beat that stood still for so long has been missed three times.</summary>
    private static readonly TimeSpan Silence = 3.2 * BeatEvery;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Dictionary<SiloAddress, (DateTime Beat, long SinceMs)> _heard = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (silo, table) = (
            services.GetRequiredService<ISiloStatusOracle>(), services.GetRequiredService<IMembershipTable>());
        using var timer = new PeriodicTimer(LookEvery, clock.Time);
        while (silo.CurrentStatus != SiloStatus.Active && await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (silo.CurrentStatus != SiloStatus.Joining)
                continue;
            try
            {
                await LookAsync(table, silo.SiloAddress, stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
            {
                // While the store is away nobody can beat.
                _heard.Clear();
                SiloLog.MembersUnread(logger, e.Message);
            }
        }
    }

    private async Task LookAsync(IMembershipTable table, SiloAddress self, CancellationToken stop)
    {
        var read = await table.ReadAllAsync(stop);
        foreach (var (member, etag) in read.Members)
        {
            if (member.Status != SiloStatus.Active || member.SiloAddress.Equals(self))
                continue;
            if (!_heard.TryGetValue(member.SiloAddress, out var last) || last.Beat != member.IAmAliveTime)
            {
                _heard[member.SiloAddress] = (member.IAmAliveTime, clock.MonotonicMs);
                continue;
            }

            if (clock.MonotonicMs - last.SinceMs <= Silence.TotalMilliseconds)
                continue;
            member.Status = SiloStatus.Dead;
            member.AddSuspector(self, clock.Time.GetUtcNow().UtcDateTime);

            // Somebody else may have written meanwhile; then the next look tries again.
            if (await table.UpdateRowAsync(member, etag, read.Version.Next(), stop))
                SiloLog.GivenUp(logger, member.SiloAddress.ToString());
            return;
        }
    }
}
