using Microsoft.AspNetCore.Diagnostics;
using Sluice.Api.Actions;
using Sluice.Api.DataPlane;
using Sluice.Api.Documents;
using Sluice.Api.Health;
using Sluice.Api.Management;
using Sluice.Api.Problems;

namespace Sluice.Api.Hosting;

/// <summary>What a request passes through, in order.</summary>
internal static class NodePipeline
{
    public static void UseNode(this WebApplication app, bool takesRequests)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages(DescribeStatusAsync);
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.Use(IdempotentRequest.BufferBodyAsync);
        app.MapHealth();
        if (!takesRequests)
            return;
        app.MapApiDocument();
        app.MapManagement();
        app.MapDataPlane();
    }

    /// <summary>Answers that the framework gives without a body are problems too.</summary>
    private static Task DescribeStatusAsync(StatusCodeContext context) =>
        Problem.Of(context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext);
}
