using Sluice.LoadTest.Events;
using Sluice.LoadTest.Fleets;

namespace Sluice.LoadTest.Replay;

/// <summary>
/// The state that a replay saves for the next one with its run id: the keys, and which rows the server has
/// acknowledged, so that any later slice can be compared with totals that include the earlier ones.
/// </summary>
/// <param name="Fleet">Tenants, projects and keys with their secrets.</param>
/// <param name="TraceFingerprint">The trace that the rows belong to.</param>
/// <param name="Mode">The calls used: an id can't be reused for another kind of call.</param>
/// <param name="AcknowledgedRows">The rows as a set of bits.</param>
internal sealed record ReplayState(Fleet Fleet, string TraceFingerprint, SendMode Mode, byte[] AcknowledgedRows)
{
    /// <summary>Gets why this state can't continue with the given options; null if it can.</summary>
    public string? ObjectionTo(ReplayOptions options, string fingerprint)
    {
        if (TraceFingerprint != fingerprint)
            return $"Run {Fleet.RunId} was made with another trace; its event ids would mean other rows.";
        if (Mode != options.Mode)
            return $"Run {Fleet.RunId} was made with --mode {Mode}; an id can't be used for another kind of call.";
        if (Fleet.Seed != options.Plan.Seed)
            return $"Run {Fleet.RunId} was made with --seed {Fleet.Seed}; another seed sends rows to other keys.";
        var plan = options.Plan;
        return Fleet.Tenants.Count == plan.Tenants
            && Fleet.Keys.Count == plan.Tenants * plan.ProjectsPerTenant * plan.KeysPerProject
            ? null
            : $"Run {Fleet.RunId} was made with other numbers of tenants, projects or keys.";
    }
}
