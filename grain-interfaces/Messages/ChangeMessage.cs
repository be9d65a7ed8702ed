namespace Sluice.GrainInterfaces.Messages;

/// <summary>A change of the control plane on the wire.</summary>
/// <param name="Kind">What has changed.</param>
/// <param name="Ids">The keys, or the tenant; empty for rates.</param>
[GenerateSerializer, Immutable, Alias("sluice.change")]
public sealed record ChangeMessage([property: Id(0)] ChangeKind Kind, [property: Id(1)] long[] Ids);
