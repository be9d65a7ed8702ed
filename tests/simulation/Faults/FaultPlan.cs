using Sluice.Simulation.Chance;

namespace Sluice.Simulation.Faults;

/// <summary>
/// Which faults a run suffers and how often. Swarm testing: each seed draws a subset, because faults that always come
/// together hide one another.
/// </summary>
internal sealed class FaultPlan
{
    private FaultPlan()
    {
    }

    public double LossPercent { get; private set; }

    public double RepeatPercent { get; private set; }

    public double SlowPercent { get; private set; }

    public double UnknownPercent { get; private set; }

    public double SlowCommitPercent { get; private set; }

    /// <summary>The mean time between faults of a kind, in microseconds; only kinds that this run suffers.</summary>
    public IReadOnlyList<(FaultKind Kind, long EveryUs)> Recurring { get; private set; } = [];

    /// <summary>Whether traffic stops for longer than an idle scope is remembered.</summary>
    public bool Nap { get; private set; }

    public static FaultPlan Draw(SeededChance chance)
    {
        var recurring = new List<(FaultKind, long)>();
        foreach (var kind in Enum.GetValues<FaultKind>())
        {
            if (chance.Percent(40))
                recurring.Add((kind, chance.Between(300_000, 2_500_000)));
        }

        return new FaultPlan
        {
            LossPercent = chance.Percent(50) ? chance.Between(1, 15) : 0,
            RepeatPercent = chance.Percent(50) ? chance.Between(1, 20) : 0,
            SlowPercent = chance.Percent(50) ? chance.Between(1, 25) : 0,
            UnknownPercent = chance.Percent(40) ? chance.Between(1, 15) : 0,
            SlowCommitPercent = chance.Percent(40) ? chance.Between(1, 20) : 0,
            Recurring = recurring,
            Nap = chance.Percent(8),
        };
    }

    /// <summary>Ends all faults.</summary>
    public void Heal()
    {
        LossPercent = 0;
        RepeatPercent = 0;
        SlowPercent = 0;
        UnknownPercent = 0;
        SlowCommitPercent = 0;
        Recurring = [];
    }
}
