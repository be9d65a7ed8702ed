using System.Runtime.InteropServices;
using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Authority;
using Sluice.Metering.Leases.Edge;
using Sluice.Metering.Leases.Messages;
using Sluice.Simulation.Authorities;
using Sluice.Simulation.Edges;
using Sluice.Simulation.Runs;
using Sluice.Simulation.Storage;

namespace Sluice.Simulation.Oracle;

/// <summary>Checks INV1 to INV4 and INV6, after every step of the node that stepped.</summary>
internal sealed class Invariants(World world)
{
    private readonly Dictionary<object, Totals> _last = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(AuthorityProcess, SessionId, long), string> _wrongVerdicts = [];
    private readonly HashSet<(AuthorityProcess, SessionId, long, CounterKey)> _judged = [];

    public void AfterEdgeStep(EdgeProcess edge)
    {
        foreach (var scope in edge.Core.Scopes)
        {
            if (!scope.Attached)
                continue;
            foreach (var counter in scope.Counters())
                Check(edge, counter);
            foreach (var counter in scope.Retired)
                Check(edge, counter);
        }
    }

    /// <summary>Checks the accounts of a new activation: what it found on disk was granted by others.</summary>
    public void Activated(AuthorityProcess authority)
    {
        foreach (var counter in authority.Core.Counters)
        {
            foreach (var account in counter.Accounts)
                Check(authority, counter, account);
        }
    }

    public void AfterAuthorityStep(AuthorityProcess authority, AuthorityEffects effects)
    {
        foreach (var counter in authority.Core.Counters)
        {
            var granted = false;
            foreach (var account in counter.Accounts)
                granted |= Check(authority, counter, account);
            if (granted)
                CheckGrants(authority, counter);
        }

        world.Holds.Check(authority);
        if (authority.Core.Deposed)
            return;
        Judge(authority);
        foreach (var (session, reply) in effects.Replies)
            CheckVerdicts(authority, session, reply);
    }

    private void Check(EdgeProcess edge, EdgeCounter c)
    {
        if (!Changed(c, c.Granted, c.Returned, c.Used, c.Extra, c.InFlight + c.InFlightExtra, c.Held + c.HeldExtra))
            return;
        world.Holds.Check(edge, c);
        var key = new CounterKey(c.Scope.Id, c.Id);
        var spent = c.Returned + c.Used + c.InFlight + c.Held;
        if (c.Rights < 0 || c.Granted != spent + c.Rights)
        {
            throw new InvariantViolation(
                "INV2",
                $"{edge.Session} in {key}: G {c.Granted} ≠ R {c.Returned} + U {c.Used} + in flight {c.InFlight} + " +
                $"held {c.Held} + idle {c.Rights}");
        }

        var onDisk = world.Store.Tables.GrantedOnDisk(edge.Session, key);
        var row = world.Store.Tables.Session(edge.Session);
        if (c.Granted > onDisk && !row.Settled)
            throw new InvariantViolation("INV2", $"{edge.Session} in {key}: G {c.Granted}, {onDisk} on disk");
        var ledger = world.Store.Tables.LedgerOf(edge.Session, key);
        if (c.Used > ledger.RightsUnits || c.Extra > ledger.ExtraUnits)
            throw new InvariantViolation("INV3", $"{edge.Session} in {key} has usage that the ledger does not have");
        if (c.InFlight < 0 || c.InFlightExtra < 0 || c.Held < 0 || c.HeldExtra < 0 || c.WaitingUnits < 0)
            throw new InvariantViolation("INV2", $"{edge.Session} in {key}: an amount is negative");
    }

    /// <summary>Checks an account; returns whether it was granted more since the last look.</summary>
    private bool Check(AuthorityProcess authority, AuthorityCounter counter, Account a)
    {
        var before = _last.TryGetValue(a, out var last) ? last.Granted : 0;
        if (!Changed(a, a.Granted, a.Returned, a.Used, a.Extra, 0, 0))
            return false;
        var key = KeyOf(authority, counter);
        var ledger = world.Store.Tables.LedgerOf(a.Session, key);
        if (a.Used > ledger.RightsUnits || a.Extra > ledger.ExtraUnits)
        {
            throw new InvariantViolation(
                "INV3", $"{a.Session} in {key}: the authority has U {a.Used} X {a.Extra}, the ledger has " +
                $"{ledger.RightsUnits} and {ledger.ExtraUnits}");
        }

        if (a.Used + a.Returned > a.Granted)
            throw new InvariantViolation("INV2", $"{a.Session} in {key}: U {a.Used} + R {a.Returned} > G {a.Granted}");
        return a.Granted > before;
    }

    /// <summary>Checks INV1 after a step that has granted.</summary>
    private static void CheckGrants(AuthorityProcess authority, AuthorityCounter counter)
    {
        var now = authority.Host.Now.WallMs;
        var limit = authority.Core.Limits.BlockedAt(counter.Id.Metric, counter.Id.Period.Kind, now);
        if (limit is { } units && counter.Committed > units)
        {
            throw new InvariantViolation(
                "INV1", $"{KeyOf(authority, counter)}: {counter.Committed} committed, limit {units}");
        }
    }

    /// <summary>Checks INV4; returns whether there is anything new to check, which is rare.</summary>
    private bool Changed(object account, long granted, long returned, long used, long extra, long flying, long held)
    {
        var next = new Totals(granted, returned, used, extra, flying, held);
        if (!_last.TryGetValue(account, out var last))
        {
            _last.Add(account, next);
            return true;
        }

        if (granted < last.Granted || returned < last.Returned || used < last.Used || extra < last.Extra)
            throw new InvariantViolation("INV4", "a cumulative has fallen");
        if (next == last)
            return false;
        _last[account] = next;
        return true;
    }

    /// <summary>Checks INV6 at the decision: looks at every other edge when a verdict has just been reached.</summary>
    private void Judge(AuthorityProcess authority)
    {
        foreach (var share in authority.Core.Shares)
        {
            if (share.Asked == 0)
                continue;
            foreach (var (order, verdict) in share.Verdicts)
            {
                if (verdict == LeaseVerdict.Exhausted)
                    JudgeOne(authority, share.Session, share.Asked, SessionShare.Counter(order));
            }
        }
    }

    private void JudgeOne(AuthorityProcess authority, SessionId session, long asked, Metering.Metrics.CounterId counter)
    {
        var key = new CounterKey(authority.Core.Scope, counter);
        if (!_judged.Add((authority, session, asked, key)))
            return;
        foreach (var edge in world.Edges.Living)
        {
            if (edge.Session == session || world.Store.Tables.Session(edge.Session).Fenced)
                continue;
            var scope = edge.Core.FindScope(key.Scope);
            var idle = scope is { Attached: true } ? IdleOf(scope, counter) : 0;
            if (idle > 0)
            {
                _wrongVerdicts[(authority, session, asked)] =
                    $"{session} was told that {key} is exhausted, {edge.Session} has {idle} idle";
            }
        }
    }

    private void CheckVerdicts(AuthorityProcess authority, SessionId session, SyncReply reply)
    {
        foreach (var line in reply.Lines)
        {
            if (line.Verdict == LeaseVerdict.Exhausted)
                JudgeOne(authority, session, reply.Sequence, line.Counter);
        }

        if (_wrongVerdicts.TryGetValue((authority, session, reply.Sequence), out var wrong))
            throw new InvariantViolation("INV6", wrong);
    }

    private static long IdleOf(EdgeScope scope, Metering.Metrics.CounterId counter) =>
        scope.Counters().Concat(scope.Retired).Where(c => c.Id == counter).Sum(c => c.Rights);

    private static CounterKey KeyOf(AuthorityProcess authority, AuthorityCounter counter) =>
        new(authority.Core.Scope, counter.Id);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Totals(
        long Granted, long Returned, long Used, long Extra, long FlyingUnits, long HeldUnits);
}
