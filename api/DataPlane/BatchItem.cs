using Sluice.Engine.Events;


namespace Sluice.Api.DataPlane;

/// <summary>One item of a batch while it is processed.</summary>
internal sealed class BatchItem
{
    public required UsageContent Content { get; init; }

    public required byte[]? Key { get; init; }

    public required string? KeyId { get; init; }

    /// <summary>The rules that the item breaks; only this item is refused.</summary>
    public IReadOnlyList<BodyFault>? Faults { get; set; }

    /// <summary>Why the item's key is refused; null if nothing more is known than that.</summary>
    public string? Refusal { get; set; }

    public UsageEvent? Usage { get; set; }
}
