namespace Sluice.LoadTest.Http;

/// <summary>One response. Its body is a window into the connection's buffer, valid until the next read.</summary>
/// <param name="Status">The HTTP status, or 0 if no response came in time.</param>
/// <param name="Body">The body, chunks already joined.</param>
/// <param name="RetryAfterSeconds">The value of <c>Retry-After</c>, or -1 without one.</param>
/// <param name="ClosesConnection">Whether the server closes the connection after this response.</param>
internal readonly record struct HttpAnswer(
    int Status,
    ReadOnlyMemory<byte> Body,
    int RetryAfterSeconds,
    bool ClosesConnection)
{
    /// <summary>The value for no response.</summary>
    public static HttpAnswer None => new(0, default, -1, ClosesConnection: true);
}
