namespace Sluice.Simulation.Storage;

/// <summary>Lease (G, R) and account (U, X) of one session in one counter.</summary>
internal sealed class AccountRow
{
    public long Granted { get; set; }

    public long Returned { get; set; }

    public bool Memory { get; set; }

    public long Used { get; set; }

    public long Extra { get; set; }
}
