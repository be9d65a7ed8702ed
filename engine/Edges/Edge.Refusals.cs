using Sluice.Engine.Events;
using Sluice.Metering.Leases.Edge;

namespace Sluice.Engine.Edges;

public sealed partial class Edge
{
    private void Refuse(UsageEvent usage)
    {
        if (usage.Outcome == AdmissionOutcome.Refused)
        {
            lock (_gate)
                LimitReader.ReadRefusal(usage, _clock.WallMs);
        }

        AnswerRefusal(usage);
    }

    /// <summary>
    /// Refuses an admitted event that has no price, if the tenant wants that and money is limited, and gives its takes
    /// back. Usage that has happened is never refused.
    /// </summary>
    private bool TryRefuseUnpriced(UsageEvent usage)
    {
        if (usage.Entry.UnpricedMask == 0 || !usage.Caller.RefusesUnpriced || usage.Mode == AdmissionMode.Record)
            return false;
        EdgeEffects? effects;
        lock (_gate)
        {
            var now = _clock.Now;
            LimitReader.Read(usage, now.WallMs, includeOwn: false);
            if (!usage.IsUnpricedMoney)
                return false;
            _core.Refund(now, usage.Key, usage.Takes, _effects);
            effects = TakeEffects();
        }

        usage.RefusedAsUnpriced = true;
        AnswerRefusal(usage);
        Dispatch(effects);
        return true;
    }

    /// <summary>
    /// Answers a refusal once it is known to be no repeat: the id may belong to an event that was admitted before.
    /// </summary>
    private void AnswerRefusal(UsageEvent usage)
    {
        if (!usage.HasClientId || usage.Mode == AdmissionMode.Check)
        {
            usage.Answer(usage.VerdictOfRefusal);
            return;
        }

        usage.LookUpOnly = true;
        usage.Memory = false;
        if (!_ledger.Accepting || !_ledger.TryEnqueue(usage))
            usage.Answer(RefusalOfQueue);
    }
}
