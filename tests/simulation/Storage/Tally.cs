namespace Sluice.Simulation.Storage;

/// <summary>A sum over ledger events: under rights and beyond them.</summary>
internal sealed class Tally
{
    public long RightsUnits { get; set; }

    public long ExtraUnits { get; set; }

    public long Units => RightsUnits + ExtraUnits;
}
