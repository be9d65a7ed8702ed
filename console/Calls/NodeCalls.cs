using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Sluice.WebConsole.Calls;

/// <summary>
/// Takes calls of the console to the REST API of its own node: through the whole pipeline, as those from outside come,
/// but without a connection.
/// </summary>
public sealed class NodeCalls
{
    private RequestDelegate? _pipeline;

    /// <summary>Keeps what follows in the pipeline, to which calls go.</summary>
    internal RequestDelegate Capture(RequestDelegate next) => _pipeline = next;

    internal Task InvokeAsync(HttpContext http) =>
        (_pipeline ?? throw new InvalidOperationException("The pipeline is not built yet."))(http);
}
