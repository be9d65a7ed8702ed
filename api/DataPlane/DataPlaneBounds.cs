namespace Sluice.Api.DataPlane;

/// <summary>Bounds of what the data plane takes in.</summary>
internal static class DataPlaneBounds
{
    /// <summary>Largest body of a single request, bytes.</summary>
    public const int BodyMax = 1 << 20;

    /// <summary>Largest body of a batch, bytes.</summary>
    public const int BatchBodyMax = 16 << 20;

    /// <summary>
    /// A body that is too large is read on, and thrown away, up to here, bytes: a caller that is cut off while it
    /// still sends never sees the answer that says why.
    /// </summary>
    public const int DiscardedMax = 2 * BatchBodyMax;

    /// <summary>Most items of a batch.</summary>
    public const int BatchItemsMax = 10_000;

    /// <summary>Longest name of a model, characters.</summary>
    public const int ModelMax = 128;

    /// <summary>Longest name of a member, characters.</summary>
    public const int MemberMax = 128;

    /// <summary>Deepest nesting of a body.</summary>
    public const int DepthMax = 8;
}
