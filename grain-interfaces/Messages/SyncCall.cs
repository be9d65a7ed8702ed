using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Messages;

namespace Sluice.GrainInterfaces.Messages;

/// <summary>A <see cref="SyncRequest"/> on the wire; its scope is the grain that it is sent to.</summary>
[GenerateSerializer, Immutable, Alias("sluice.sync-call")]
public sealed record SyncCall(
    [property: Id(0)] long Session,
    [property: Id(1)] long Sequence,
    [property: Id(2)] long LimitVersion,
    [property: Id(3)] long Epoch,
    [property: Id(4)] bool Attach,
    [property: Id(5)] bool Leaving,
    [property: Id(6)] ReportLine[] Reports,
    [property: Id(7)] byte[]? Seal = null)
{
    public static SyncCall Of(SyncRequest request) => new(
        request.Session.Value, request.Sequence, request.LimitVersion, request.Epoch, request.Attach, request.Leaving,
        [.. request.Reports.Select(ReportLine.Of)]);

    public SyncRequest ToRequest(ScopeId scope) => new(
        new SessionId(Session), scope, Sequence, LimitVersion, Epoch, Attach, Leaving,
        [.. Reports.Select(static r => r.ToReport())]);
}
