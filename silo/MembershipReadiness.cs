using Orleans.Runtime;
using Sluice.Engine.Control;

namespace Sluice.Silo;

/// <summary>Ready while this process is an active member or, without a silo of its own, reaches one.</summary>
internal sealed class MembershipReadiness(IServiceProvider services) : IReadiness
{
    public string Name => "cluster";

    public async ValueTask<string?> ReasonNotReadyAsync(CancellationToken ct)
    {
        if (services.GetService<ISiloStatusOracle>() is { } silo)
            return silo.CurrentStatus == SiloStatus.Active ? null : $"This silo is {silo.CurrentStatus}.";
        try
        {
            var management = services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
            var hosts = await management.GetHosts(onlyActive: true, ct);
            return hosts.Count > 0 ? null : "No silo is active.";
        }
        catch (Exception e) when (e is OrleansException or TimeoutException or InvalidOperationException)
        {
            return "No silo answers.";
        }
    }
}
