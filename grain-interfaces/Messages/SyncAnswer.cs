using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Messages;

namespace Sluice.GrainInterfaces.Messages;

/// <summary>A <see cref="SyncReply"/> on the wire; its scope is the grain that sends it.</summary>
[GenerateSerializer, Immutable, Alias("sluice.sync-answer")]
public sealed record SyncAnswer(
    [property: Id(0)] long Epoch,
    [property: Id(1)] long Sequence,
    [property: Id(2)] long LimitVersion,
    [property: Id(3)] LimitLine[] Limits,
    [property: Id(4)] bool RefusalsHeard,
    [property: Id(5)] GrantLine[] Lines,
    [property: Id(6)] byte Outcome = 0,
    [property: Id(7)] long KnownSequence = 0)
{
    public static SyncAnswer Of(SyncReply reply) => new(
        reply.Epoch, reply.Sequence, reply.Limits.Version, LimitLine.Of(reply.Limits), reply.RefusalsHeard,
        [.. reply.Lines.Select(GrantLine.Of)], (byte)reply.Outcome, reply.KnownSequence);

    public SyncReply ToReply(ScopeId scope) => new(
        scope, Epoch, Sequence, LimitLine.ToSet(scope, LimitVersion, Limits), RefusalsHeard,
        [.. Lines.Select(static l => l.ToLine())])
    {
        Outcome = (SyncOutcome)Outcome,
        KnownSequence = KnownSequence,
    };
}
