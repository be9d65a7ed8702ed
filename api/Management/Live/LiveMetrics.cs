using System.Diagnostics.Metrics;

namespace Sluice.Api.Management.Live;

/// <summary>The meter <c>Sluice.Live</c>: listeners of this node, and those that found no place.</summary>
internal sealed class LiveMetrics
{
    private const string Name = "Sluice.Live";

    private readonly UpDownCounter<int> _listeners;
    private readonly Counter<long> _refused;

    public LiveMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _listeners = meter.CreateUpDownCounter<int>("sluice.live.listeners", "{listener}", "Open streams.");
        _refused = meter.CreateCounter<long>("sluice.live.refused", "{listener}", "Listeners without a place.");
    }

    public void Joined() => _listeners.Add(1);

    public void Left() => _listeners.Add(-1);

    public void Refused() => _refused.Add(1);
}
