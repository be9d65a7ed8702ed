namespace Sluice.Simulation.Oracle;

/// <summary>The usage admitted in one counter, held amounts included, as the outside world adds it up.</summary>
internal sealed class Consumption
{
    public long Units { get; set; }

    /// <summary>The part that knowingly went beyond a limit: usage that had already happened.</summary>
    public long OverageUnits { get; set; }
}
