namespace Sluice.Simulation.Oracle;

/// <summary>What has been admitted in one counter, held amounts included, as the outside world adds it up.</summary>
internal sealed class Consumption
{
    public long Units { get; set; }

    /// <summary>Of that, what went beyond a limit knowingly: usage that had already happened.</summary>
    public long OverageUnits { get; set; }
}
