using System.Text;

namespace Sluice.LoadTest.Http;

/// <summary>
/// The part of a POST that is the same for every request, encoded once per (path, credential): everything but the
/// length and the body.
/// </summary>
internal sealed class RequestHead(HttpTarget target, string path, string credential, string contentType)
{
    public ReadOnlyMemory<byte> Bytes { get; } = Encoding.ASCII.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: {target.Authority}\r\nAuthorization: Bearer {credential}\r\n"
        + $"Content-Type: {contentType}\r\nContent-Length: ");

    public static RequestHead Json(HttpTarget target, string path, string credential) =>
        new(target, path, credential, "application/json");

    public static RequestHead NdJson(HttpTarget target, string path, string credential) =>
        new(target, path, credential, "application/x-ndjson");
}
