namespace Sluice.Api.DataPlane;

/// <summary>Times in bodies, as RFC 3339 writes them.</summary>
internal static class InstantText
{
    /// <summary>What a caller is told who wrote one otherwise.</summary>
    public const string Form = "a time as in RFC 3339, such as 2026-11-21T12:00:00Z";

    private const int DateLength = 10;
    private const int OffsetLength = 6;

    /// <summary>
    /// Whether a time that could be read says its offset. One without would mean another instant on each server.
    /// </summary>
    public static bool HasOffset(ReadOnlySpan<byte> utf8) =>
        utf8.Length > DateLength + OffsetLength
        && (utf8[^1] == (byte)'Z' || utf8[^OffsetLength] is (byte)'+' or (byte)'-');
}
