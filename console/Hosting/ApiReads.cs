using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sluice.WebConsole.Calls;
using Sluice.WebConsole.Sessions;

namespace Sluice.WebConsole.Hosting;

/// <summary>
/// <c>GET /console/api/…</c>: what the API answers to who has signed in to the console, for files to keep and for
/// numbers that move. Only reading, so it needs no proof that the page sent it.
/// </summary>
internal static class ApiReads
{
    private const string Path = ConsoleGuard.Root + "/api";

    public static void MapReads(this IEndpointRouteBuilder routes) => routes.MapGet(
        Path + "/{**rest}",
        static (string rest, HttpContext http, ConsoleSession session, NodeCalls calls, IServiceScopeFactory scopes) =>
            ReadAsync(http, rest, session.Token, calls, scopes))
        .AllowAnonymous().ExcludeFromDescription();

    private static async Task ReadAsync(
        HttpContext http, string path, string? token, NodeCalls calls, IServiceScopeFactory scopes)
    {
        http.Request.Path = "/api/v1/" + path;
        // A link can't say what it accepts.
        if (http.Request.Query["format"] == "csv")
        {
            http.Request.Headers.Accept = "text/csv";
            http.Request.QueryString = QueryString.Create(
                http.Request.Query.Where(static pair => pair.Key != "format"));
        }

        http.Request.Headers.Authorization = $"Bearer {token}";
        http.SetEndpoint(null);
        http.Request.RouteValues.Clear();

        // Who has signed in is known for a scope; this is another one.
        var services = http.RequestServices;
        await using var scope = scopes.CreateAsyncScope();
        http.RequestServices = scope.ServiceProvider;
        try
        {
            await calls.InvokeAsync(http);
        }
        finally
        {
            http.RequestServices = services;
        }
    }
}
