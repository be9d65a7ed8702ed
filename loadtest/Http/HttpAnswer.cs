namespace Sluice.LoadTest.Http;

/// <summary>One answer. Its body is a window into the connection's buffer, valid until the next read.</summary>
/// <param name="Status">The HTTP status, or 0 when no answer came within the time allowed.</param>
/// <param name="Body">The body, chunks already joined.</param>
/// <param name="RetryAfterSeconds">What <c>Retry-After</c> says, or -1 without one.</param>
/// <param name="ClosesConnection">The server ends the connection after this answer.</param>
internal readonly record struct HttpAnswer(
    int Status,
    ReadOnlyMemory<byte> Body,
    int RetryAfterSeconds,
    bool ClosesConnection)
{
    /// <summary>Nobody answered.</summary>
    public static HttpAnswer None => new(0, default, -1, ClosesConnection: true);
}
