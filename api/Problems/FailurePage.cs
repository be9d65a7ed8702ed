namespace Sluice.Api.Problems;

/// <summary>Metadata of an address that people open: its problems are shown as pages.</summary>
/// <param name="Show">Makes the page of a status.</param>
public sealed record FailurePage(Func<HttpRequest, int, IResult> Show)
{
    /// <summary>Returns a problem as the address that failed shows it.</summary>
    /// <param name="http">The request.</param>
    /// <param name="endpoint">Its address; null if it has none.</param>
    /// <param name="problem">The problem document.</param>
    public static IResult Of(HttpContext http, Endpoint? endpoint, IResult problem) =>
        endpoint?.Metadata.GetMetadata<FailurePage>() is { } page
            ? page.Show(http.Request, (problem as IStatusCodeHttpResult)?.StatusCode ?? 500)
            : problem;
}
