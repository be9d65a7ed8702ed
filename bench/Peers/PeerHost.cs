using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Sluice.Bench.Peers;

/// <summary>
/// The host shared by all peers: Kestrel with its defaults, <c>POST /v1/usage</c>, the body parsed, and a decision that
/// is the only difference between them.
/// </summary>
internal static class PeerHost
{
    /// <summary>The start of the line that gives the harness the peer's address.</summary>
    public const string ReadyLine = "Peer is ready on ";

    /// <summary>Serves until the process is asked to stop.</summary>
    /// <param name="decide">Decides whether a request passes, by the index of the key that pays, its event id and its
    /// tokens.</param>
    public static Task RunAsync(Func<int, string, long, ValueTask<bool>> decide) =>
        RunAsync(static _ => { }, _ => decide);

    /// <summary>Serves until the process is asked to stop, with services that the decision needs.</summary>
    public static async Task RunAsync(
        Action<WebApplicationBuilder> add, Func<IServiceProvider, Func<int, string, long, ValueTask<bool>>> decideBy)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        add(builder);
        await using var app = builder.Build();
        var decide = decideBy(app.Services);
        app.MapPost("/v1/usage", (RequestDelegate)(context => HandleAsync(context, decide)));
        await app.StartAsync();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        await Console.Out.WriteLineAsync(ReadyLine + addresses.First());
        await app.WaitForShutdownAsync();
    }

    /// <summary>Returns the secret that stands for a key: peers know keys by their number.</summary>
    public static string SecretOf(int keyIndex) => string.Create(CultureInfo.InvariantCulture, $"sk_peer_{keyIndex}");

    private static async Task HandleAsync(HttpContext context, Func<int, string, long, ValueTask<bool>> decide)
    {
        var request = await JsonSerializer.DeserializeAsync(
            context.Request.Body, PeerJson.Default.PeerRequest, context.RequestAborted);
        if (request is not { Id: { } id, Metrics.TextTokens: var tokens } || !TryReadKey(context, out var keyIndex))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        await PeerAnswers.WriteAsync(context, await decide(keyIndex, id, tokens));
    }

    private static bool TryReadKey(HttpContext context, out int keyIndex)
    {
        const string Scheme = "Bearer sk_peer_";
        var header = context.Request.Headers.Authorization.ToString();
        keyIndex = -1;
        return header.StartsWith(Scheme, StringComparison.Ordinal)
            && int.TryParse(header.AsSpan(Scheme.Length), CultureInfo.InvariantCulture, out keyIndex);
    }
}
