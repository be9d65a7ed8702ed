using Sluice.Simulation.Edges;
using Sluice.Simulation.Faults;
using Sluice.Simulation.Oracle;

namespace Sluice.Simulation.Runs;

/// <summary>
/// Runs one seed from start to end: a safety phase under faults, then healing, then the checks of what must hold in
/// peace.
/// </summary>
internal sealed class SimulationRun
{
    private const long NapUs = 64_000_000;
    private const long BusyUs = 2_000_000;
    private const long RecoverUs = 4_000_000;
    private const long ProbeUs = 1_500_000;
    private const long HoldsUs = 15_000_000;

    private readonly World _world;

    private SimulationRun(ulong seed, PlantedBug bug) => _world = new World(seed, bug);

    public static RunResult Execute(ulong seed, PlantedBug bug = PlantedBug.None)
    {
        var run = new SimulationRun(seed, bug);
        string? failure = null;
        string? invariant = null;
        try
        {
            run.Go();
        }
        catch (InvariantViolation violation)
        {
            failure = violation.Message;
            invariant = violation.Invariant;
        }
        catch (Exception crash)
        {
            failure = $"crashed: {crash}";
            invariant = "crash";
        }

        var trace = run._world.Trace;
        return new RunResult(
            seed, failure, invariant, trace.Hash, run._world.Heap.Processed, trace.Counts, [.. trace.LastLines()]);
    }

    private void Go()
    {
        var heap = _world.Heap;
        _world.Begin();
        heap.RunUntil(_world.Chance.Between(2_500_000, 5_000_000));
        if (_world.Plan.Nap)
            Nap();
        _world.Heal();
        heap.RunUntil(heap.NowUs + BusyUs);
        _world.Clients.Stop();
        heap.RunUntil(heap.NowUs + RecoverUs);
        _world.Stopping = true;
        _world.Authorities.ReadAll();
        heap.RunUntil(heap.NowUs + ProbeUs);
        var peace = new Peace(_world);
        peace.EverythingIsAnswered();
        peace.ProbeRoom();
        EndHolds();
        heap.RunUntil(heap.NowUs + ProbeUs);
        peace.SumsAreExact();
        _world.Holds.CheckNothingIsHeld();
        _world.Thresholds.CheckNothingMissing();
        peace.ShutDown();
        heap.RunUntil(heap.NowUs + ProbeUs);
        peace.SettledSumsAreExact();
    }

    /// <summary>
    /// Lets time pass until the last reservation has ended, and the edges that had one know it; at most as long as one
    /// lives.
    /// </summary>
    private void EndHolds()
    {
        var lastUs = _world.Heap.NowUs + HoldsUs;
        while ((_world.Holds.Open > 0 || _world.Edges.Living.Any(e => e.HasReservations)) && _world.Heap.NowUs < lastUs)
            _world.Heap.RunUntil(_world.Heap.NowUs + ProbeUs);
    }

    private void Nap()
    {
        _world.Trace.Add("nap");
        _world.Faulty = false;
        _world.Plan.Heal();
        _world.Relaxed = true;
        _world.Heap.RunUntil(_world.Heap.NowUs + NapUs);
        _world.Relaxed = false;
        _world.Heap.RunUntil(_world.Heap.NowUs + ProbeUs);
    }
}
