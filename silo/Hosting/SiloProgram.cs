using Microsoft.Extensions.Options;
using Npgsql;
using Sluice.Api.Hosting;
using Sluice.Api.Settings;
using Sluice.Silo.Cluster;
using Sluice.Storage.Control.Clusters;
using Sluice.Storage.Migrations;

namespace Sluice.Silo.Hosting;

/// <summary>The program: one node of a cluster, which may be its only one.</summary>
public sealed class SiloProgram
{
    /// <summary>
    /// Exit code if a restart would not help: the settings are wrong, or the database belongs to another program.
    /// </summary>
    private const int WrongSettings = 2;

    /// <summary>Exit code if a restart may help.</summary>
    private const int Failed = 1;

    private SiloProgram()
    {
    }

    /// <summary>Runs a node until it is stopped.</summary>
    /// <param name="args">The command line; it may set anything the environment can set.</param>
    /// <returns>0 after a stop, 2 if the settings are wrong, 1 if it ended for any other reason.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        // Use the program's own settings file, wherever it is started from.
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var options = new SluiceOptions();
        new SluiceOptionsReader(builder.Configuration).Configure(options);
        if (new SluiceOptionsRules().Validate(Options.DefaultName, options) is { Failed: true } invalid)
            return await EndAsync(WrongSettings, [.. invalid.Failures]);
        try
        {
            using var folder = await NodeFolder.TakeAsync(options, TimeProvider.System, CancellationToken.None);
            return await RunAsync(builder, options, folder);
        }
        catch (NodeFolderException used)
        {
            return await EndAsync(Failed, used.Message);
        }
        catch (PortInUseException used)
        {
            return await EndAsync(Failed, used.Message);
        }
        catch (MigrationException wrong)
        {
            return await EndAsync(WrongSettings, wrong.Message);
        }
    }

    private static async Task<int> RunAsync(WebApplicationBuilder builder, SluiceOptions options, NodeFolder folder)
    {
        var source = NodeServices.CreateDataSource(options);
        NodeCertificate certificate;
        try
        {
            await MigrationRunner.ApplyAsync(source, CancellationToken.None);
            certificate = options.SiloCertificate.Length > 0
                ? NodeCertificate.FromFiles(options.SiloCertificate, options.SiloAuthority)
                : await NodeCertificate.OfClusterAsync(
                    new ClusterCertificateStore(source), options.Cluster, CancellationToken.None);
        }
        catch (NpgsqlException unreachable)
        {
            return await EndAsync(Failed, $"The database of SLUICE_POSTGRES can't be used: {unreachable.Message}");
        }

        using var ownCertificate = certificate;
        using var ports = SiloPorts.Reserve(options);
        builder.Services.AddNode(options, source);
        builder.AddCluster(options, folder.Node, certificate, ports);
        await using var app = builder.Build();

        foreach (var address in options.ListenAddresses)
            app.Urls.Add(address);
        app.UseNode(options.TakesRequests);
        await app.RunAsync();
        return Environment.ExitCode;
    }

    private static async Task<int> EndAsync(int code, params string[] reasons)
    {
        foreach (var reason in reasons)
            await Console.Error.WriteLineAsync(reason);
        return code;
    }
}
