namespace Sluice.Api.Actions;

/// <summary>A response whose bytes are fixed: they were committed together with the change.</summary>
internal sealed class StoredApiResult(int status, string? contentType, string? location, byte[] body) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        if (location is not null)
            response.Headers.Location = location;
        if (contentType is null)
            return;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }
}
