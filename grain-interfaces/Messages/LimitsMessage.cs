using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Messages;

namespace Sluice.GrainInterfaces.Messages;

/// <summary>A <see cref="LimitsPush"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("sluice.limits")]
public sealed record LimitsMessage(
    [property: Id(0)] byte ScopeKind,
    [property: Id(1)] long ScopeValue,
    [property: Id(2)] long Epoch,
    [property: Id(3)] long Version,
    [property: Id(4)] LimitLine[] Limits,
    [property: Id(5)] byte[]? Seal = null)
{
    public static LimitsMessage Of(LimitsPush push) => new(
        (byte)push.Scope.Kind, push.Scope.Value, push.Epoch, push.Limits.Version, LimitLine.Of(push.Limits));

    public LimitsPush ToPush()
    {
        var scope = new ScopeId((ScopeKind)ScopeKind, ScopeValue);
        return new LimitsPush(scope, Epoch, LimitLine.ToSet(scope, Version, Limits));
    }
}
