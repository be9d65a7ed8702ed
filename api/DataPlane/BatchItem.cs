using Sluice.Engine.Metering;

namespace Sluice.Api.DataPlane;

/// <summary>One item of a batch on its way.</summary>
internal sealed class BatchItem
{
    public required UsageContent Content { get; init; }

    public required byte[]? Key { get; init; }

    public required string? KeyId { get; init; }

    /// <summary>Rules that the item breaks; it is refused by itself, the others are not.</summary>
    public IReadOnlyList<BodyFault>? Faults { get; set; }

    public UsageEvent? Usage { get; set; }
}
