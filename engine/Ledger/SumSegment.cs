using Sluice.Storage.Ledger;

namespace Sluice.Engine.Ledger;

/// <summary>The usage sums of consecutive batches; written whole or not at all.</summary>
internal sealed class SumSegment
{
    /// <summary>The last batch that is included.</summary>
    public long End { get; set; }

    public Dictionary<RollupKey, (long Units, long Unpriced)> Sums { get; } = [];
}
