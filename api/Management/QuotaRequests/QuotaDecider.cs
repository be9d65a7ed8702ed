using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Control;
using Sluice.Storage.Quota;

namespace Sluice.Api.Management.QuotaRequests;

/// <summary>What approving and denying have in common.</summary>
internal sealed class QuotaDecider(ControlTransaction tx, IQuotaRequestStore requests)
{
    public async Task<Reply> DecideAsync(
        long requestId, bool approves, long? amountUnits, string? note, RuleCheck rules, CancellationToken ct)
    {
        if (note is not null)
            rules.Note("note", note);
        if (rules.Refusal is { } refusal)
            return Reply.Refused(refusal);
        return Reply.Of(
            await requests.DecideAsync(tx, requestId, new(approves, amountUnits, note), ct),
            decided => approves
                ? Reply.Ok(
                    QuotaRequestView.Of(decided),
                    ControlChange.Limits(new(ScopeKind.Tenant, decided.TenantId)))
                : Reply.Ok(QuotaRequestView.Of(decided)));
    }
}
