namespace Sluice.LoadTest.Http;

/// <summary>Where requests go: plain HTTP/1.1 on a host and port, as a node behind the same gateway sees it.</summary>
internal sealed record HttpTarget(string Host, int Port)
{
    public string Authority => $"{Host}:{Port}";

    public Uri BaseAddress => new($"http://{Authority}/");

    /// <exception cref="FormatException">Not an absolute <c>http://host[:port]</c> address.</exception>
    public static HttpTarget Parse(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp)
            throw new FormatException($"'{url}' is not an http:// address; the load generator speaks plain HTTP only.");
        return new HttpTarget(uri.IdnHost, uri.Port);
    }
}
