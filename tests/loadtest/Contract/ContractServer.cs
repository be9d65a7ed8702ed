using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sluice.LoadTest.Http;
using Sluice.LoadTest.Settings;

namespace Sluice.LoadTest.Tests.Contract;

/// <summary>
/// A separate server that keeps the wire contract over real HTTP, so that a run is tested from socket to exit code;
/// with <see cref="ContractFaults"/> it breaks the contract in one named way.
/// </summary>
internal sealed class ContractServer : IAsyncDisposable
{
    private const string OperatorToken = "operator-token-of-the-test";
    private const string GatewayToken = "gateway-token-of-the-test";

    private readonly WebApplication _app;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sluice-loadtest-");

    private ContractServer(WebApplication app, ContractLedger ledger)
    {
        _app = app;
        Ledger = ledger;
    }

    public ContractLedger Ledger { get; }

    /// <summary>A private folder for state files and journals, deleted with the server.</summary>
    public string Folder => _folder.FullName;

    public NodeSettings Node { get; private set; } = null!;

    public static async Task<ContractServer> StartAsync(ContractFaults? faults = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var ledger = new ContractLedger(faults ?? new ContractFaults());
        app.Use(RequireTokenAsync);
        new DataPlane(ledger, faults ?? new ContractFaults()).Map(app);
        new ManagementPlane(ledger).Map(app);

        var server = new ContractServer(app, ledger);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        server.Node = new NodeSettings(
            [HttpTarget.Parse(address.First())],
            server.WriteToken("operator-token", OperatorToken),
            server.WriteToken("gateway-token", GatewayToken));
        return server;
    }

    public string PathOf(string name) => Path.Combine(Folder, name);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static Task RequireTokenAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path;
        var token = DataPlane.BearerOf(context);
        var isForbidden = (path.StartsWithSegments("/api", StringComparison.Ordinal) && token != OperatorToken)
            || (path == "/v1/usage/batch" && token != GatewayToken);
        if (!isForbidden)
            return next(context);
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    private string WriteToken(string name, string token)
    {
        File.WriteAllText(PathOf(name), token + "\n");
        return PathOf(name);
    }
}
