namespace Sluice.Api.Hosting;

/// <summary>
/// Headers of every answer but the data plane's, which has no secrets and no pages: answers are what they say they are,
/// those of the management API are stored nowhere, because many have a secret, and the page of the API document runs
/// nothing from elsewhere.
/// </summary>
internal static class AnswerHeaders
{
    // The page sets styles from its script.
    private const string DocumentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static Task AddAsync(HttpContext http, RequestDelegate next)
    {
        // When the response starts: an error clears what was set before.
        http.Response.OnStarting(static state => Add((HttpContext)state), http);
        return next(http);
    }

    private static Task Add(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        if (http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
            headers.CacheControl = "no-store";
        else if (http.Request.Path.StartsWithSegments("/docs", StringComparison.OrdinalIgnoreCase))
            headers.ContentSecurityPolicy = DocumentPolicy;
        return Task.CompletedTask;
    }
}
