using System.Diagnostics.Metrics;

namespace Sluice.Engine.Nodes;

/// <summary>Makes meters that no one reads.</summary>
internal sealed class TestMeters : IMeterFactory
{
    public Meter Create(MeterOptions options) => new(options);

    public void Dispose()
    {
        // The process's meters end with it.
    }
}
