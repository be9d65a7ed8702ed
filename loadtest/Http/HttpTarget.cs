namespace Sluice.LoadTest.Http;

/// <summary>The target of requests: plain HTTP/1.1 on a host and port, as from behind the same gateway.</summary>
internal sealed record HttpTarget(string Host, int Port)
{
    public string Authority => $"{Host}:{Port}";

    public Uri BaseAddress => new($"http://{Authority}/");

    /// <exception cref="FormatException">The text is not an absolute <c>http://host[:port]</c> address.</exception>
    public static HttpTarget Parse(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp)
            throw new FormatException($"'{url}' is not an http:// address; the load generator speaks plain HTTP only.");
        return new HttpTarget(uri.IdnHost, uri.Port);
    }
}
