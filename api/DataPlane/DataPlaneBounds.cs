namespace Sluice.Api.DataPlane;

/// <summary>Bounds of what the data plane accepts.</summary>
internal static class DataPlaneBounds
{
    /// <summary>The largest body of a single request, in bytes.</summary>
    public const int BodyMax = 1 << 20;

    /// <summary>The largest body of a batch, in bytes.</summary>
    public const int BatchBodyMax = 16 << 20;

    /// <summary>
    /// Up to this size, in bytes, an oversized body is read to its end and discarded: a caller that is cut off while it
    /// still sends never sees the response that explains why.
    /// </summary>
    public const int DiscardedMax = 2 * BatchBodyMax;

    /// <summary>The most items of a batch.</summary>
    public const int BatchItemsMax = 10_000;

    /// <summary>The longest name of a model, in characters.</summary>
    public const int ModelMax = 128;

    /// <summary>The longest name of a member, in characters.</summary>
    public const int MemberMax = 128;

    /// <summary>The deepest nesting of a body.</summary>
    public const int DepthMax = 8;
}
