using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using Sluice.Api.Auth;
using Sluice.Api.DataPlane;
using Sluice.Api.Documents;
using Sluice.Api.Health;
using Sluice.Api.Lanes;
using Sluice.Api.Pages;
using Sluice.Api.Problems;
using Sluice.Api.Settings;

namespace Sluice.Api.Hosting;

/// <summary>The middleware and endpoints of a node, in the order in which a request passes them.</summary>
public static class NodePipeline
{
    /// <summary>Maps the endpoints; a node that takes no requests answers health checks only.</summary>
    public static void UseNode(this WebApplication app, bool takesRequests)
    {
        ArgumentNullException.ThrowIfNull(app);

        // Creates the tokens before the first request, so that an installer finds their files.
        app.Services.GetRequiredService<ServiceTokens>();
        app.Use(app.Services.GetRequiredService<ManagementLane>().RunAsync);
        UseTrustedProxies(app);
        app.Use(AnswerHeaders.AddAsync);
        app.UseExceptionHandler();
        app.UseStatusCodePages(DescribeStatusAsync);
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.Use(IdempotentRequest.BufferBodyAsync);
        app.MapHealth();
        if (!takesRequests)
            return;
        app.MapPages();
        app.MapApiDocument();
        app.MapManagementEndpoints();
        app.MapDataPlane();
    }

    /// <summary>Takes callers' addresses and schemes from proxies that the operator has named, and no others.</summary>
    private static void UseTrustedProxies(WebApplication app)
    {
        var networks = app.Services.GetRequiredService<IOptions<SluiceOptions>>().Value.TrustedNetworks;
        if (networks.Count == 0)
            return;
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            // As many as are trusted, from the nearest on.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in networks)
            options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
    }

    /// <summary>Gives framework responses without a body a problem document too.</summary>
    private static Task DescribeStatusAsync(StatusCodeContext context)
    {
        var response = context.HttpContext.Response;
        // Routing has found out which methods there are.
        var detail = response.StatusCode == StatusCodes.Status405MethodNotAllowed && response.Headers.Allow.Count > 0
            ? $"This address takes {response.Headers.Allow}."
            : null;
        return Problem.Of(response.StatusCode, detail).ExecuteAsync(context.HttpContext);
    }
}
