using Sluice.Simulation.Chance;
using Sluice.Simulation.Faults;
using Sluice.Simulation.Runs;
using Sluice.Simulation.Timeline;

namespace Sluice.Simulation.Network;

/// <summary>Delays, loses, repeats, reorders, and cuts one direction of a link at a time.</summary>
internal sealed class SimNetwork(EventHeap heap, SeededChance chance, FaultPlan plan, Trace trace)
{
    private readonly HashSet<(int From, int To)> _cut = [];

    public void Send(Node from, Node to, Action deliver)
    {
        if (_cut.Contains((from.Number, to.Number)))
        {
            trace.Add("message cut off", from.Number, to.Number);
            return;
        }

        if (chance.Percent(plan.LossPercent))
        {
            trace.Add("message lost", from.Number, to.Number);
            return;
        }

        Deliver(to, deliver);
        if (!chance.Percent(plan.RepeatPercent))
            return;
        trace.Add("message repeated", from.Number, to.Number);
        Deliver(to, deliver);
    }

    public void Cut(int from, int to)
    {
        trace.Add("partition", from, to);
        _cut.Add((from, to));
    }

    public void Mend(int from, int to) => _cut.Remove((from, to));

    public void MendAll() => _cut.Clear();

    private void Deliver(Node to, Action deliver)
    {
        var delay = chance.Percent(plan.SlowPercent) ? chance.Between(2_000, 400_000) : chance.Between(100, 900);
        heap.After(delay, () => to.Run(deliver));
    }
}
