using System.Collections.Frozen;
using Sluice.Api.Auth;
using Sluice.Engine.Signals;

namespace Sluice.Api.Management.Live;

/// <summary>
/// Says what a listener may see, and whether it may listen at all: a stream outlives the request's own check by far.
/// </summary>
internal sealed class LiveRights(CallerReader callers, ControlSignals signals, TimeProvider time)
{
    /// <summary>Returns what a caller may see.</summary>
    public async Task<LiveSight> SightOfAsync(Caller caller, long tenantId, CancellationToken ct) =>
        caller.Visibility is { } visibility
            ? new((await signals.ScopesAsync(tenantId, visibility, ct))
                .Select(static scope => scope.ToString()).ToFrozenSet())
            : LiveSight.All;

    /// <summary>
    /// Returns what the owner of a credential may see now; null if it has ended, or no longer has the permission, or if
    /// that can't be found out in time.
    /// </summary>
    public async Task<LiveSight?> CheckAsync(string credential, long tenantId, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(LiveBounds.CheckMax, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            return await callers.FindAsync(credential, both.Token) is { } caller
                && AccessRules.Decide(caller, Permission.ReadUsage, tenantId, null) is AccessDecision.Allowed
                    ? await SightOfAsync(caller, tenantId, both.Token)
                    : null;
        }
        catch (Exception e) when (LiveFailures.AreExpected(e) && !ct.IsCancellationRequested)
        {
            return null;
        }
    }
}
